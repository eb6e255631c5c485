"""Pure functions over WHO and Kemenkes tables: growth, KMS, screening. No Django, no clock, no database."""
