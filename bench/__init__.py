"""How well and how fast documents are read, measured on pages whose records are known."""
