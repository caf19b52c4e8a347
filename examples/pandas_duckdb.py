"""Ask the tables of `sop export --to parquet --out FOLDER` with pandas and with DuckDB.

    python examples/pandas_duckdb.py FOLDER

Needs pandas, pyarrow (`pip install 'sop-pipeline[tables]'`) and duckdb (`pip install duckdb`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pandas as pd


def busiest(folder: Path) -> pd.DataFrame:
    """Who takes part in the most steps, and for how many minutes: by pandas."""
    work = pd.read_parquet(folder / "kegiatan_pelaksana.parquet")
    steps = pd.read_parquet(folder / "kegiatan.parquet")
    names = pd.read_parquet(folder / "pelaksana.parquet")[["sop_id", "pelaksana_id", "nama"]]
    timed = steps[steps.waktu_shared == 0][["sop_id", "no", "waktu_menit_max"]]
    joined = work.merge(names, on=["sop_id", "pelaksana_id"]).merge(
        timed, how="left", left_on=["sop_id", "kegiatan_no"], right_on=["sop_id", "no"]
    )
    found = joined.groupby("nama").agg(steps=("kegiatan_no", "size"), minutes=("waktu_menit_max", "sum"))
    return found.sort_values(["steps", "minutes"], ascending=False).head(5)


def ways_back(folder: Path) -> pd.DataFrame:
    """Connectors that lead back to an earlier step, from the latest step first: by DuckDB."""
    return duckdb.execute(
        f"""
        SELECT edge.sop_id, source.kegiatan_no AS "from", target.kegiatan_no AS "to", edge.label
        FROM '{folder}/flow_edges.parquet' AS edge
        JOIN '{folder}/flow_nodes.parquet' AS source ON (source.sop_id, source.node_id) = (edge.sop_id, edge.from_node)
        JOIN '{folder}/flow_nodes.parquet' AS target ON (target.sop_id, target.node_id) = (edge.sop_id, edge.to_node)
        WHERE target.kegiatan_no < source.kegiatan_no
        ORDER BY 2 DESC, 1, 3
        """
    ).df()


def laws(folder: Path) -> pd.DataFrame:
    """How often each law is cited: by DuckDB."""
    return duckdb.execute(
        f"""
        SELECT jenis, nomor, tahun, count(DISTINCT sop_id) AS sops
        FROM '{folder}/dasar_hukum.parquet' WHERE jenis IS NOT NULL AND tahun IS NOT NULL
        GROUP BY ALL ORDER BY sops DESC, jenis, nomor, tahun LIMIT 5
        """
    ).df()


if __name__ == "__main__":
    for question in (busiest, ways_back, laws):
        print(question(Path(sys.argv[1])).to_string(), end="\n\n")
