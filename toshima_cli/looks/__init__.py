"""What the office looks at: rows of `queries/*.sql` shaped into values for a screen. Writes nothing."""
