"""Writes ONNX graphs so that the same graph is the same bytes on every machine.

The hash of every prepared model stands in the manifest, so nothing may reach the file that
depends on the machine or the day: no producer version, no doc strings, no insertion order.
"""

import onnx

OPSET = 13  # per-axis DequantizeLinear exists since 13, and every engine reads it
IR_VERSION = 8


def finish(model: onnx.ModelProto, target: str) -> None:
    """Checks the graph, strips what is not its meaning, and writes it deterministically."""
    model.ir_version = IR_VERSION
    del model.opset_import[:]
    model.opset_import.append(onnx.helper.make_opsetid("", OPSET))
    model.producer_name = ""
    model.producer_version = ""
    model.doc_string = ""
    del model.metadata_props[:]
    for node in model.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(model, full_check=True)
    with open(target, "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
