"""A local S3 server (moto) for tests, which can be lost and come back with all that it held."""

from __future__ import annotations

import os
from collections.abc import Mapping

import fsspec
from moto.server import ThreadedMotoServer

from bench.service_units import free_port

HOST = "127.0.0.1"


class ObjectStore:
    """The server, on a port of its own, with the bucket "bucket"."""

    def __init__(self) -> None:
        self._port = free_port()  # which nobody takes while the server is lost
        self._server = self._started()

    @property
    def environment(self) -> Mapping[str, str]:
        """By which variables S3's clients find it, those of worker processes too; they try once."""
        return {
            "AWS_ENDPOINT_URL": f"http://{HOST}:{self._port}",
            "AWS_ACCESS_KEY_ID": "ana",
            "AWS_SECRET_ACCESS_KEY": "r4hasia",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": HOST,
        }

    def make_bucket(self) -> None:
        """Make the bucket, empty; the variables of `environment` are set."""
        fsspec.get_filesystem_class("s3").clear_instance_cache()
        system = fsspec.filesystem("s3", use_listings_cache=False)
        if system.exists("bucket"):
            system.rm("bucket", recursive=True)
        system.mkdir("bucket")

    def lose(self) -> None:
        """End the server: connections are refused."""
        socket = self._server._server
        self._server.stop()
        if socket is not None:
            socket.server_close()

    def come_back(self) -> None:
        """Start it again."""
        self._server = self._started()

    def _started(self) -> ThreadedMotoServer:
        server = ThreadedMotoServer(HOST, self._port, verbose=False)
        server.start()
        return server
