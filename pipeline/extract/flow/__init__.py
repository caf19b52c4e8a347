"""Who does each step, and the flow: symbols, connectors and the graph they make."""

from pipeline.extract.flow.read import read_flow

__all__ = ["read_flow"]
