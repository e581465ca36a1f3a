//! From the form to the desk: taken in, shown masked, revealed, worked.
