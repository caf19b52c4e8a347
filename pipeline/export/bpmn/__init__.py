"""BPMN 2.0 with diagram interchange: a pool with a lane for each performer, and the flow of a SOP in it."""
