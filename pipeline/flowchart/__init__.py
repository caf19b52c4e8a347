"""Who does each step, and the flow: symbols, connectors and the graph they make."""

from pipeline.flowchart.read import read_flow

__all__ = ["read_flow"]
