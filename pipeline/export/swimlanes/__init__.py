"""Flowcharts as swimlanes: where symbols stand, how connectors go, and the drawings made of that."""
