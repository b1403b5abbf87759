"""Turns the files found inside registry packages into the ONNX files the photo engine loads."""
