"""What the law and the office's rules say: pure functions over frozen facts. No clock, no I/O."""
