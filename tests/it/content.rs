//! Pages and therapies: written, saved, published, taken back.
