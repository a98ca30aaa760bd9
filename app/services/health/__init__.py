"""数据体检: everything that can be wrong with an office's data, found, explained, put right."""
