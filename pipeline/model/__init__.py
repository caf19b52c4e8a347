"""What is handed from stage to stage. No I/O, no thresholds."""
