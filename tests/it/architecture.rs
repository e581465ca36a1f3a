//! Arrows between modules point down, as the design says.
