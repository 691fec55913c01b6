"""Writes an encoder as ONNX, in f32 and quantised, for the bench that sets ONNX Runtime beside ours.

    python -m venv venv && venv/bin/pip install numpy safetensors onnx onnxruntime
    venv/bin/python export.py MODEL_DIR OUT_DIR

The graph is what exporters write today: LayerNormalization and Gelu's parts as ONNX Runtime's own
fusions expect them, inputs `input_ids` and `attention_mask` of any shape, output
`last_hidden_state`. The quantised ones are ONNX Runtime's dynamic quantisation: weights in bytes
for each column (`int8-channel.onnx`) and for each tensor (`int8-tensor.onnx`, what most ship).
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.numpy import load_file


class Graph:
    def __init__(self):
        self.nodes, self.constants, self.names = [], {}, 0

    def constant(self, name, value):
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def node(self, op, *inputs, **attributes):
        self.names += 1
        output = f"{op.lower()}_{self.names}"
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x, weights, name):
        # As exporters do: the transposed weight as a constant, then the bias.
        w = self.constant(f"{name}.weight", weights[f"{name}.weight"].T)
        b = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        return self.node("Add", self.node("MatMul", x, w), b)

    def norm(self, x, weights, name, epsilon):
        w = self.constant(f"{name}.weight", weights[f"{name}.weight"])
        b = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        return self.node("LayerNormalization", x, w, b, axis=-1, epsilon=epsilon)


def build(weights, config):
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    width, epsilon = hidden // heads, config["layer_norm_eps"]
    g = Graph()
    scalar = lambda name, value: g.constant(name, np.array(value, dtype=np.float32))
    ints = lambda name, *values: g.constant(name, np.array(values, dtype=np.int64))

    # Embeddings. Positions are a slice of the table, one token type.
    table = lambda name: g.constant(name, weights[f"embeddings.{name}.weight"])
    words = g.node("Gather", table("word_embeddings"), "input_ids")
    length = g.node("Gather", g.node("Shape", "input_ids"), ints("one", 1), axis=0)
    positions = g.node("Slice", table("position_embeddings"), ints("zero", 0), length, ints("axis", 0))
    types = g.constant("types", weights["embeddings.token_type_embeddings.weight"][0])
    x = g.node("Add", g.node("Add", words, types), positions)
    x = g.norm(x, weights, "embeddings.LayerNorm", epsilon)

    mask = g.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    mask = g.node("Unsqueeze", mask, ints("mask_axes", 1, 2))
    mask = g.node("Sub", scalar("unit", 1.0), mask)
    mask = g.node("Mul", mask, scalar("least", np.finfo(np.float32).min))

    split = ints("split", 0, 0, heads, width)
    joined = ints("joined", 0, 0, hidden)
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}"
        part = {}
        for name in ("query", "key", "value"):
            y = g.linear(x, weights, f"{layer}.attention.self.{name}")
            order = [0, 2, 3, 1] if name == "key" else [0, 2, 1, 3]
            part[name] = g.node("Transpose", g.node("Reshape", y, split), perm=order)
        scores = g.node("MatMul", part["query"], part["key"])
        scores = g.node("Div", scores, scalar("root", math.sqrt(width)))
        scores = g.node("Softmax", g.node("Add", scores, mask), axis=-1)
        context = g.node("Transpose", g.node("MatMul", scores, part["value"]), perm=[0, 2, 1, 3])
        context = g.node("Reshape", context, joined)
        y = g.linear(context, weights, f"{layer}.attention.output.dense")
        x = g.norm(g.node("Add", y, x), weights, f"{layer}.attention.output.LayerNorm", epsilon)
        y = g.linear(x, weights, f"{layer}.intermediate.dense")
        erf = g.node("Erf", g.node("Div", y, scalar("root_of_two", math.sqrt(2.0))))
        y = g.node("Mul", y, g.node("Add", erf, scalar("unit", 1.0)))
        y = g.node("Mul", y, scalar("half", 0.5))
        y = g.linear(y, weights, f"{layer}.output.dense")
        x = g.norm(g.node("Add", y, x), weights, f"{layer}.output.LayerNorm", epsilon)
    g.nodes.append(helper.make_node("Identity", [x], ["last_hidden_state"], name="last"))

    shape = ["batch", "tokens"]
    tensor = helper.make_tensor_value_info
    graph = helper.make_graph(
        g.nodes,
        "bert",
        [tensor(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [tensor("last_hidden_state", TensorProto.FLOAT, [*shape, hidden])],
        [numpy_helper.from_array(value, name) for name, value in g.constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def main():
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    weights = {
        name.removeprefix("bert."): value
        for name, value in load_file(source / "model.safetensors").items()
        if value.dtype.kind == "f"
    }
    model = build(weights, json.loads((source / "config.json").read_text()))
    onnx.save(model, out / "f32.onnx")
    quant_pre_process(out / "f32.onnx", out / "prepared.onnx", skip_symbolic_shape=True)
    for name, per_channel in (("int8-channel", True), ("int8-tensor", False)):
        quantize_dynamic(
            out / "prepared.onnx",
            out / f"{name}.onnx",
            per_channel=per_channel,
            weight_type=QuantType.QInt8,
        )
    (out / "prepared.onnx").unlink()
    for file in sorted(out.glob("*.onnx")):
        print(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


main()
