//! Nothing by itself; the fuzz targets are in `tests`.
