"""Files that are whole or not there, and results that need not be worked out twice."""
