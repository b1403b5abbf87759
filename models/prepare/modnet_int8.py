"""MODNet for the kiosk: its last step at half size, its convolutions in 8 bits. Twice to three times as fast.

`half_size_tail` is exact but for the outermost ring of pixels, which the margin around the portrait's region
hides. What the 8 bits cost is measured: models/README.md.
"""

import collections
import tomllib
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper, version_converter

from . import onnx_file

RANGES = Path(__file__).with_name("modnet_ranges.toml")
QUARTER, THREE_QUARTERS = 0.25, 0.75
# Bilinear doubling: the value left (or above) of a pair's first pixel, by offset at half size, and of its second.
DOUBLING = {0: {-1: QUARTER, 0: THREE_QUARTERS}, 1: {0: THREE_QUARTERS, 1: QUARTER}}


def convert(source: str, target: str) -> None:
    """Writes the fast form of the original MODNet `source` to `target`."""
    model = version_converter.convert_version(onnx.load(source), onnx_file.OPSET)
    half_size_tail(model.graph)
    with open(RANGES, "rb") as file:
        quantise(model.graph, tomllib.load(file))
    join_in_8_bits(model.graph)
    clip_by_range(model.graph)
    onnx_file.finish(model, target)


# The tail


def half_size_tail(graph) -> None:
    """Replaces the full-size tail (double, join with the picture, 3x3, normalise, 1x1) by one at half size.

    A 3x3 convolution over a doubled picture is, for each of the four pixels that one becomes, a 3x3 convolution over
    the picture before doubling. So four times the channels at half size, and one-channel DepthToSpace at the very end.
    """
    tail = _Tail(graph)
    weights, bias = tail.folded()
    added = _Added()
    joined = tail.joined_at_half_size(added)
    wide, wide_bias = _phases(weights, bias, tail.feature_channels)
    inputs = [joined, added.constant("tail_w", wide), added.constant("tail_b", wide_bias)]
    added.node("Conv", inputs, "tail_conv", name="Conv_468", kernel_shape=[3, 3])
    tail.normalised(added, 4 * len(bias))
    final, final_bias = tail.final_phases(len(bias))
    inputs = ["tail_relu", added.constant("tail_w5", final), added.constant("tail_b5", final_bias)]
    added.node("Conv", inputs, "tail_logit", name="Conv_485", kernel_shape=[1, 1])
    added.node("Sigmoid", ["tail_logit"], "tail_alpha")
    added.node("DepthToSpace", ["tail_alpha"], "output", blocksize=2)
    _replace_output(graph, added)


class _Tail:
    """The tail of the original graph, found by the names its exporter gave."""

    def __init__(self, graph):
        self.values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
        nodes = {node.name: node for node in graph.node}
        self.feature = nodes["Resize_466"].input[0]
        if list(nodes["Concat_467"].input)[1] != "input":
            raise ValueError("this is not the MODNet that the tail surgery was written for")
        self.conv, self.last = nodes["Conv_468"], nodes["Conv_485"]
        self.batch_norm = [n for n in graph.node if n.op_type == "BatchNormalization"][-1]
        self.instance_norm = [n for n in graph.node if n.op_type == "InstanceNormalization"][-1]
        self.feature_channels = self.values[self.conv.input[1]].shape[1] - 3

    def folded(self):
        """Weights and bias of the 3x3 convolution, with the batch normalisation of its first channels in them."""
        weights, bias = (self.values[name].astype(np.float64) for name in self.conv.input[1:3])
        scale, shift, mean, variance = (
            self.values[name].astype(np.float64) for name in self.batch_norm.input[1:5]
        )
        gain = scale / np.sqrt(variance + _epsilon(self.batch_norm))
        self.batch_channels = count = len(gain)
        weights[:count] *= gain[:, None, None, None]
        bias[:count] = (bias[:count] - mean) * gain + shift
        return weights, bias

    def joined_at_half_size(self, added) -> str:
        """The features and the picture's pixel quads, a border of one pixel each: edge for the doubled, else zero."""
        border = added.constant("tail_border", np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64))
        added.node("SpaceToDepth", ["input"], "tail_quads", blocksize=2)
        added.node("Pad", [self.feature, border], "tail_feature", mode="edge")
        added.node("Pad", ["tail_quads", border], "tail_picture", mode="constant")
        added.node("Concat", ["tail_feature", "tail_picture"], "tail_joined", axis=1)
        return "tail_joined"

    def normalised(self, added, channels: int) -> None:
        """Instance normalisation of the other channels: over all four phases of a channel together, as at full size."""
        split = 4 * self.batch_channels
        number = lambda name, values: added.constant(name, np.array(values, np.int64))
        axis, zero, cut = number("tail_axis", [1]), number("tail_zero", [0]), number("tail_cut", [split])
        added.node("Slice", ["tail_conv", zero, cut, axis], "tail_batch")
        added.node("Slice", ["tail_conv", cut, number("tail_end", [channels]), axis], "tail_instance")
        added.node("Shape", ["tail_instance"], "tail_shape")
        flat = number("tail_flat", [1, (channels - split) // 4, -1])
        added.node("Reshape", ["tail_instance", flat], "tail_rows")
        inputs = ["tail_rows", *self.instance_norm.input[1:3]]
        added.node("InstanceNormalization", inputs, "tail_rows_n", epsilon=_epsilon(self.instance_norm))
        added.node("Reshape", ["tail_rows_n", "tail_shape"], "tail_instance_n")
        added.node("Concat", ["tail_batch", "tail_instance_n"], "tail_both", axis=1)
        added.node("Relu", ["tail_both"], "tail_relu")

    def final_phases(self, channels: int):
        """The 1x1 convolution, once for each of the four phases."""
        row = self.values[self.last.input[1]].reshape(-1)
        final = np.zeros((4, channels * 4, 1, 1), np.float32)
        for phase in range(4):
            final[phase, np.arange(channels) * 4 + phase, 0, 0] = row
        bias = self.values[self.last.input[2]] if len(self.last.input) > 2 else np.zeros(1, np.float32)
        return final, np.repeat(bias.reshape(-1), 4)


def _phases(weights, bias, features: int):
    """The half-size form of 3x3 `weights` over doubled features and full-size colours."""
    count = len(bias)
    wide = np.zeros((count * 4, features + 12, 3, 3))
    for py, px, dy, dx in np.ndindex(2, 2, 3, 3):
        rows = np.arange(count) * 4 + py * 2 + px
        oy, qy = divmod(py + dy - 1, 2)
        ox, qx = divmod(px + dx - 1, 2)
        for ey, wy in DOUBLING[qy].items():
            for ex, wx in DOUBLING[qx].items():
                wide[rows, :features, oy + ey + 1, ox + ex + 1] += weights[:, :features, dy, dx] * wy * wx
        for colour in range(3):
            at = features + (qy * 2 + qx) * 3 + colour
            wide[rows, at, oy + 1, ox + 1] += weights[:, features + colour, dy, dx]
    return wide.astype(np.float32), np.repeat(bias, 4).astype(np.float32)


class _Added:
    """Nodes and constants on their way into a graph."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name: str, values) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs, output: str, **attributes) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))


def _replace_output(graph, added: _Added) -> None:
    """Puts the new end in and drops whatever nothing leads to any more."""
    body = [node for node in graph.node if "output" not in node.output] + added.nodes
    needed, kept = {"output"}, []
    for node in reversed(body):
        if any(name in needed for name in node.output):
            kept.append(node)
            needed.update(node.input)
    constants = [item for item in [*graph.initializer, *added.constants] if item.name in needed]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(constants)


def _epsilon(node) -> float:
    return next(item.f for item in node.attribute if item.name == "epsilon")


# The 8 bits


def quantise(graph, ranges: dict) -> None:
    """Puts the tensors of `ranges`, and the weights of the convolutions between them, into 8 bits (QDQ form)."""
    unknown = ranges.keys() - {name for node in graph.node for name in node.output}
    if unknown:
        raise ValueError(f"ranges for tensors that the graph does not have: {sorted(unknown)}")
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    added = _Added()
    nodes = []
    for node in graph.node:
        inner = node.op_type == "Conv" and node.input[0] in ranges and node.output[0] in ranges
        if inner:
            scale = np.float32(ranges[node.input[0]][0])
            _quantise_weights(node, values, scale, added)
        for position, name in enumerate(node.input):
            if name in ranges:
                node.input[position] = name + "_8"
        nodes.extend(added.nodes)
        added.nodes.clear()
        nodes.append(node)
        for name in node.output:
            if name in ranges:
                _quantise_tensor(name, ranges[name], added)
    nodes.extend(added.nodes)
    used = {name for node in nodes for name in node.input}
    constants = [item for item in [*graph.initializer, *added.constants] if item.name in used]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(constants)


def _quantise_tensor(name: str, scale_and_zero, added: _Added) -> None:
    scale = added.constant(name + "_s", np.float32(scale_and_zero[0]))
    zero = added.constant(name + "_z", np.uint8(scale_and_zero[1]))
    added.node("QuantizeLinear", [name, scale, zero], name + "_q")
    added.node("DequantizeLinear", [name + "_q", scale, zero], name + "_8")


def _quantise_weights(node, values, input_scale, added: _Added) -> None:
    """Signed 8 bits for each output channel by its own scale; the bias in 32 bits of the product's scale."""
    weights, bias = values[node.input[1]], values[node.input[2]]
    scale = (np.abs(weights).reshape(len(weights), -1).max(1) / np.float32(127)).astype(np.float32)
    steps = np.rint(weights / scale.reshape(-1, 1, 1, 1)).clip(-127, 127).astype(np.int8)
    bias_scale = (scale * input_scale).astype(np.float32)
    bias_steps = np.rint(bias.astype(np.float64) / bias_scale).astype(np.int32)
    for position, whole, size in ((1, steps, scale), (2, bias_steps, bias_scale)):
        name = node.input[position]
        parts = [
            added.constant(name + "_q", whole),
            added.constant(name + "_s", size),
            added.constant(name + "_z", np.zeros(len(size), whole.dtype)),
        ]
        added.node("DequantizeLinear", parts, name + "_8", axis=0)
        node.input[position] = name + "_8"


def join_in_8_bits(graph) -> None:
    """Rounds to 8 bits before tensors are joined and not after, by the same scale: the same numbers, a quarter of the bytes.

    A Relu in between goes, because the 8 bits of what follows it begin at zero and cut off what is below.
    """
    makers = {name: node for node in graph.node for name in node.output}
    readers = collections.Counter(name for node in graph.node for name in node.input)
    zeros = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    before, gone = {}, []
    for rounding in [node for node in graph.node if node.op_type == "QuantizeLinear"]:
        value, scale, zero = rounding.input
        join = makers.get(value)
        relu = join if join is not None and join.op_type == "Relu" else None
        if relu is not None:
            join = makers.get(relu.input[0]) if readers[value] == 1 and not zeros[zero].any() else None
        if join is None or join.op_type != "Concat" or readers[join.output[0]] != 1:
            continue
        added = _Added()
        for position, name in enumerate(join.input):
            part = f"{value}_part{position}"
            added.node("QuantizeLinear", [name, scale, zero], part + "_q")
            added.node("DequantizeLinear", [part + "_q", scale, zero], part + "_8")
            join.input[position] = part + "_8"
        if relu is not None:
            gone.append(value)
            join.output[0] = value
        before[value] = added.nodes
    nodes = []
    for node in graph.node:
        if node.op_type == "Relu" and node.output[0] in gone:
            continue
        if node.op_type == "Concat":
            nodes.extend(before.get(node.output[0], []))
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def clip_by_range(graph) -> None:
    """Takes out `round, clip to 0..=6, round again` in favour of the second rounding, whose 8 bits begin at zero and end
    below six: what it cannot hold it clips. One rounding less, and the engine does it inside of the convolution."""
    values = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            values[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    makers = {name: node for node in graph.node for name in node.output}
    readers = collections.Counter(name for node in graph.node for name in node.input)
    gone = []
    for rounding in [node for node in graph.node if node.op_type == "QuantizeLinear"]:
        chain = [makers.get(rounding.input[0])]
        while chain[-1] is not None and len(chain) < 3:
            chain.append(makers.get(chain[-1].input[0]))
        kinds = [node.op_type for node in chain if node is not None]
        alone = all(readers[node.output[0]] == 1 for node in chain if node is not None)
        if kinds != ["Clip", "DequantizeLinear", "QuantizeLinear"] or not alone:
            continue
        scale, zero = (values[name] for name in rounding.input[1:3])
        low, high = (values[name] for name in chain[0].input[1:3])
        if zero == 0 and low == 0 and 255 * scale <= high:
            rounding.input[0] = chain[2].input[0]
            gone += chain
    kept = [node for node in graph.node if not any(node is one for one in gone)]
    used = {name for node in kept for name in node.input}
    constants = [item for item in graph.initializer if item.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(constants)
