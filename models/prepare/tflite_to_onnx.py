"""Converts MediaPipe's small float TFLite graphs to ONNX, without TensorFlow.

Covers exactly the operators of the face mesh, iris and person-mask graphs; any other is refused
by name. Pictures lie NHWC in TFLite and NCHW in ONNX: the graph is transposed once at the way in
and once at the way out, and everything between is NCHW. Half-float weights are widened to floats.
"""

import numpy as np
import onnx
import tflite
from onnx import TensorProto, helper, numpy_helper

from . import onnx_file

OPERATORS = {
    value: name for name, value in vars(tflite.BuiltinOperator).items() if isinstance(value, int)
}
TYPES = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
}
ACTIVATIONS = {
    tflite.ActivationFunctionType.NONE: None,
    tflite.ActivationFunctionType.RELU: "Relu",
}


def convert(source: str, target: str) -> None:
    """Writes the ONNX form of the TFLite file `source` to `target`, input and outputs NHWC."""
    with open(source, "rb") as file:
        graph = _Graph(file.read())
    onnx_file.finish(graph.convert(), target)


class _Graph:
    """One pass over the operators, in the file's order, which is an order of execution."""

    def __init__(self, data: bytes):
        self.model = tflite.Model.GetRootAsModel(data, 0)
        self.graph = self.model.Subgraphs(0)
        self.nodes = []
        self.constants = {}
        self.widened = {}  # output of DEQUANTIZE -> the constant it widens

    def convert(self) -> onnx.ModelProto:
        inputs = [self.described(index) for index in self.graph.InputsAsNumpy()]
        for index in self.graph.InputsAsNumpy():
            self.add("Transpose", [self.tensor_name(index)], self.name(index), perm=[0, 3, 1, 2])
        for number in range(self.graph.OperatorsLength()):
            self.operator(self.graph.Operators(number))
        outputs = [self.described(index) for index in self.graph.OutputsAsNumpy()]
        for index in self.graph.OutputsAsNumpy():
            if len(self.shape(index)) == 4:
                self.add("Transpose", [self.name(index)], self.tensor_name(index), perm=[0, 2, 3, 1])
        stored = [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
        return helper.make_model(helper.make_graph(self.nodes, "graph", inputs, outputs, stored))

    # Tensors

    def tensor_name(self, index) -> str:
        return self.graph.Tensors(index).Name().decode()

    def name(self, index) -> str:
        """The name between the two transpositions: the tensor's own only where it is not 4-D."""
        own = self.tensor_name(index)
        return own + "_nchw" if len(self.shape(index)) == 4 else own

    def shape(self, index):
        return [int(size) for size in self.graph.Tensors(index).ShapeAsNumpy()]

    def described(self, index):
        return helper.make_tensor_value_info(
            self.tensor_name(index), TensorProto.FLOAT, self.shape(index)
        )

    def value(self, index) -> np.ndarray:
        """A constant as floats (or integers), whether stored as such or as half floats."""
        index = self.widened.get(int(index), int(index))
        tensor = self.graph.Tensors(index)
        raw = self.model.Buffers(tensor.Buffer()).DataAsNumpy()
        array = raw.view(TYPES[tensor.Type()]).reshape(self.shape(index))
        return array.astype(np.float32) if array.dtype == np.float16 else array

    def constant(self, name, array) -> str:
        self.constants[name] = np.ascontiguousarray(array)
        return name

    def add(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))

    # Operators

    def operator(self, operator):
        code = self.model.OperatorCodes(operator.OpcodeIndex())
        kind = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
        if kind == "CUSTOM":
            kind = code.CustomCode().decode()
        handler = getattr(self, "op_" + kind.lower(), None)
        if handler is None:
            raise ValueError(f"TFLite operator {kind} is not one this converter knows")
        inputs = [int(index) for index in operator.InputsAsNumpy()]
        handler(operator, inputs, int(operator.OutputsAsNumpy()[0]))

    def options(self, operator, kind):
        options = kind()
        table = operator.BuiltinOptions()
        options.Init(table.Bytes, table.Pos)
        return options

    def activated(self, kind, inputs, output, function, **attributes):
        """Adds the node, followed by the activation that TFLite fuses into it."""
        if function not in ACTIVATIONS:
            raise ValueError(f"fused activation {function} at {self.tensor_name(output)}")
        name = self.name(output)
        if ACTIVATIONS[function] is None:
            self.add(kind, inputs, name, **attributes)
        else:
            self.add(kind, inputs, name + "_linear", **attributes)
            self.add(ACTIVATIONS[function], [name + "_linear"], name)

    def pads(self, options, source, output, window):
        """Explicit padding for TFLite's SAME: what is odd goes to the bottom and right."""
        if options.Padding() == tflite.Padding.VALID:
            return [0, 0, 0, 0]
        strides = (options.StrideH(), options.StrideW())
        total = [
            max(0, (out - 1) * stride + size - inn)
            for inn, out, stride, size in zip(
                self.shape(source)[1:3], self.shape(output)[1:3], strides, window
            )
        ]
        before = [size // 2 for size in total]
        return before + [size - first for size, first in zip(total, before)]

    def op_dequantize(self, _operator, inputs, output):
        self.widened[output] = inputs[0]

    def op_conv_2d(self, operator, inputs, output):
        options = self.options(operator, tflite.Conv2DOptions)
        weights = self.value(inputs[1]).transpose(0, 3, 1, 2)
        self.convolution(options, inputs, output, weights, 1)

    def op_depthwise_conv_2d(self, operator, inputs, output):
        options = self.options(operator, tflite.DepthwiseConv2DOptions)
        weights = self.value(inputs[1]).transpose(3, 0, 1, 2)
        self.convolution(options, inputs, output, weights, self.shape(inputs[0])[3])

    def convolution(self, options, inputs, output, weights, group):
        dilations = [options.DilationHFactor(), options.DilationWFactor()]
        window = [(size - 1) * far + 1 for size, far in zip(weights.shape[2:], dilations)]
        name = self.tensor_name(output)
        constants = [
            self.constant(name + "_weights", weights),
            self.constant(name + "_bias", self.value(inputs[2])),
        ]
        self.activated(
            "Conv",
            [self.name(inputs[0]), *constants],
            output,
            options.FusedActivationFunction(),
            group=group,
            strides=[options.StrideH(), options.StrideW()],
            dilations=dilations,
            pads=self.pads(options, inputs[0], output, window),
        )

    def op_convolution2dtransposebias(self, _operator, inputs, output):
        """MediaPipe's own operator; in these graphs always 2 x 2 with stride 2, no overlap."""
        weights = self.value(inputs[1]).transpose(3, 0, 1, 2)
        if weights.shape[2:] != (2, 2):
            raise ValueError(f"transposed convolution with a window of {weights.shape[2:]}")
        name = self.tensor_name(output)
        constants = [
            self.constant(name + "_weights", weights),
            self.constant(name + "_bias", self.value(inputs[2])),
        ]
        inputs = [self.name(inputs[0]), *constants]
        self.add("ConvTranspose", inputs, self.name(output), strides=[2, 2])

    def op_max_pool_2d(self, operator, inputs, output):
        options = self.options(operator, tflite.Pool2DOptions)
        window = [options.FilterHeight(), options.FilterWidth()]
        self.activated(
            "MaxPool",
            [self.name(inputs[0])],
            output,
            options.FusedActivationFunction(),
            kernel_shape=window,
            strides=[options.StrideH(), options.StrideW()],
            pads=self.pads(options, inputs[0], output, window),
        )

    def op_average_pool_2d(self, operator, inputs, output):
        options = self.options(operator, tflite.Pool2DOptions)
        if self.shape(inputs[0])[1:3] != [options.FilterHeight(), options.FilterWidth()]:
            raise ValueError(f"average pool at {self.tensor_name(output)} is not global")
        function = options.FusedActivationFunction()
        self.activated("GlobalAveragePool", [self.name(inputs[0])], output, function)

    def op_prelu(self, _operator, inputs, output):
        """`slope x + (1 - slope) max(x, 0)`, as convolutions of each channel alone: the engine keeps those in its fast layout
        and takes a third of the time that it takes for a PRelu of its own."""
        slope = self.value(inputs[1]).reshape(-1, 1, 1, 1)
        source, name = self.name(inputs[0]), self.name(output)
        self.each_channel(source, slope, name + "_line")
        if slope.max() <= 1:  # then the factor may stand inside of the maximum, where it costs nothing
            self.each_channel(source, 1 - slope, name + "_rest")
            self.add("Relu", [name + "_rest"], name + "_bend")
        else:
            self.add("Relu", [source], name + "_rest")
            self.each_channel(name + "_rest", 1 - slope, name + "_bend")
        self.add("Add", [name + "_line", name + "_bend"], name)

    def each_channel(self, source, factors, target):
        """Multiplies every channel of `source` by its own factor."""
        constant = self.constant(target + "_by", factors.astype(np.float32))
        self.add("Conv", [source, constant], target, group=len(factors), kernel_shape=[1, 1])

    def op_relu(self, _operator, inputs, output):
        self.add("Relu", [self.name(inputs[0])], self.name(output))

    def op_logistic(self, _operator, inputs, output):
        self.add("Sigmoid", [self.name(inputs[0])], self.name(output))

    def op_hard_swish(self, _operator, inputs, output):
        name = self.name(output)
        source = self.name(inputs[0])
        self.add("HardSigmoid", [source], name + "_gate", alpha=1 / 6, beta=0.5)
        self.add("Mul", [source, name + "_gate"], name)

    def op_add(self, operator, inputs, output):
        self.pairwise("Add", self.options(operator, tflite.AddOptions), inputs, output)

    def op_mul(self, operator, inputs, output):
        self.pairwise("Mul", self.options(operator, tflite.MulOptions), inputs, output)

    def pairwise(self, kind, options, inputs, output):
        names = [self.name(index) for index in inputs]
        self.activated(kind, names, output, options.FusedActivationFunction())

    def op_pad(self, _operator, inputs, output):
        batch, height, width, channel = self.value(inputs[1]).astype(np.int64)
        pairs = np.stack([batch, channel, height, width])
        constant = self.constant(self.tensor_name(output) + "_pads", pairs.T.reshape(-1))
        self.add("Pad", [self.name(inputs[0]), constant], self.name(output))

    def op_resize_bilinear(self, operator, inputs, output):
        options = self.options(operator, tflite.ResizeBilinearOptions)
        mode = "asymmetric"
        if options.AlignCorners():
            mode = "align_corners"
        elif options.HalfPixelCenters():
            mode = "half_pixel"
        batch, height, width, channels = self.shape(output)
        sizes = np.array([batch, channels, height, width], np.int64)
        constant = self.constant(self.tensor_name(output) + "_sizes", sizes)
        self.add(
            "Resize",
            [self.name(inputs[0]), "", "", constant],
            self.name(output),
            mode="linear",
            coordinate_transformation_mode=mode,
        )

    def op_reshape(self, _operator, inputs, output):
        if self.shape(inputs[0])[1:3] != [1, 1] or len(self.shape(output)) != 2:
            raise ValueError(f"reshape at {self.tensor_name(output)} is not a flattening")
        shape = self.constant(
            self.tensor_name(output) + "_shape", np.array(self.shape(output), np.int64)
        )
        self.add("Reshape", [self.name(inputs[0]), shape], self.name(output))
