"""Opset-21 blocked int8 weights become opset-13 per-axis ones. Lossless.

YuNet and SFace come with weights quantised in blocks along the last axis, which only the newest
engines read. A block is a row: reshape the weights to (blocks, block size), dequantise per row,
reshape back. Every stored integer, scale and zero point stays what it was.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

from . import onnx_file


def reblock(source: str, target: str, dynamic_size: bool) -> None:
    """Writes the per-axis form of `source`; with `dynamic_size`, height and width become free."""
    model = onnx.load(source)
    graph = model.graph
    constants = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            nodes.extend(_per_axis(node, constants))
        else:
            nodes.append(_without_training(node))
    _replace(graph, nodes, constants)
    if dynamic_size:
        _free_height_and_width(graph)
    onnx_file.finish(model, target)


def _per_axis(node, constants):
    """The two nodes that stand for one blocked DequantizeLinear; adds their constants."""
    attributes = {item.name: helper.get_attribute_value(item) for item in node.attribute}
    weights, scale, zero = (constants[name] for name in node.input)
    if scale.size == 1:
        rows, scale, zero = weights.reshape(1, -1), scale.reshape(1), zero.reshape(1)
    else:
        block = attributes.get("block_size", 0) or 1
        axis = attributes.get("axis", 1)
        if axis != weights.ndim - 1 or weights.shape[-1] % block:
            raise ValueError(f"{node.name}: blocks of {block} along axis {axis} of {weights.shape}")
        rows, scale, zero = weights.reshape(-1, block), scale.reshape(-1), zero.reshape(-1)
    name = node.output[0]
    constants[name + "_q"] = rows
    constants[name + "_s"] = scale
    constants[name + "_z"] = zero
    constants[name + "_sh"] = np.array(weights.shape, np.int64)
    parts = [name + "_q", name + "_s", name + "_z"]
    yield helper.make_node("DequantizeLinear", parts, [name + "_dq"], axis=0)
    yield helper.make_node("Reshape", [name + "_dq", name + "_sh"], [name])


def _without_training(node):
    """Dropout does nothing at inference, and its opset-11 form is no longer valid."""
    if node.op_type == "Dropout":
        return helper.make_node("Identity", [node.input[0]], [node.output[0]])
    return node


def _replace(graph, nodes, constants):
    """Puts the nodes in and keeps only the constants and inputs that something still uses."""
    used = {name for node in nodes for name in node.input}
    inputs = [item for item in graph.input if item.name in used and item.name not in constants]
    del graph.node[:], graph.initializer[:], graph.input[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.input.extend(inputs)
    graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(value), name)
        for name, value in constants.items()
        if name in used
    )


def _free_height_and_width(graph):
    dims = graph.input[0].type.tensor_type.shape.dim
    dims[2].dim_param, dims[3].dim_param = "height", "width"
    for output in graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = "n_" + output.name
