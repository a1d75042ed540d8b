"""The student: a vocabulary of sub-words and a table of vectors that lead to the teacher's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from index.embedder import Vectors
from index.spelling import spelt
from index.static_encoder import JOINT, PIECES_FILE, UNKNOWN, WEIGHTS_FILE, cutter

SEED = 2026
PIECES = 60_000
_BATCH, _EPOCHS, _RATE = 2048, 3, 4e-3
# Cosine to the target, and telling the target from those of the batch.
_CONTRAST, _TEMPERATURE = 0.3, 0.05
_LONGEST = 128


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts as pieces, one after the other, and the number of each text's target."""

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    targets: npt.NDArray[np.int64]


def vocabulary(texts: Sequence[str]) -> list[tuple[str, float]]:
    """The pieces that these texts are made of, with their log probabilities, the unknown first."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=JOINT, prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False, max_piece_length=16
    )
    tokenizer.train_from_iterator(map(spelt, texts), trainer)
    return [(piece, score) for piece, score in json.loads(tokenizer.to_str())["model"]["vocab"]]


def examples(pieces: Sequence[tuple[str, float]], texts: Sequence[str], targets: Sequence[int]) -> Examples:
    """Texts cut into pieces; those of which nothing is known are left out."""
    cut = cutter(pieces).encode_batch_fast([spelt(text) for text in texts], add_special_tokens=False)
    rows = [([i for i in found.ids if i][:_LONGEST], target) for found, target in zip(cut, targets, strict=True)]
    rows = [row for row in rows if row[0]]
    lengths = np.array([len(ids) for ids, _ in rows])
    return Examples(
        np.concatenate([np.array(ids, dtype=np.int32) for ids, _ in rows]),
        np.concatenate([[0], np.cumsum(lengths)]),
        np.array([target for _, target in rows]),
    )


class Student(torch.nn.Module):
    """The normalised weighted mean of the vectors of a text's pieces."""

    def __init__(self, table: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> None:
        super().__init__()
        self.table = torch.nn.Embedding.from_pretrained(table, freeze=False, sparse=True)  # type: ignore[no-untyped-call]
        self.weight = torch.nn.Embedding.from_pretrained(weight[:, None], freeze=False, sparse=True)  # type: ignore[no-untyped-call]
        self.bias = torch.nn.Parameter(bias)

    def forward(self, ids: torch.Tensor, text: torch.Tensor, count: int) -> torch.Tensor:
        """The unit vectors of `count` texts, from their pieces and which text each is of."""
        weight = self.weight(ids).exp()
        total = weight.new_zeros(count, 1).index_add(0, text, weight)
        summed = self.bias.new_zeros(count, len(self.bias)).index_add(0, text, self.table(ids) * weight)
        return functional.normalize(summed / total + self.bias, dim=1)


def started(given: Examples, targets: Vectors, pieces: int) -> Student:
    """Each piece as the mean of the centred targets of the texts that hold it, rare pieces as the weightier ones."""
    centre = targets.mean(axis=0)
    table = torch.zeros(pieces, targets.shape[1])
    lengths = np.diff(given.starts)
    ids, of = torch.from_numpy(given.ids).long(), np.repeat(given.targets, lengths)
    centred = torch.from_numpy(targets - centre)
    for at in range(0, len(ids), 2**18):
        table.index_add_(0, ids[at : at + 2**18], centred[of[at : at + 2**18]])
    met = torch.bincount(ids, minlength=pieces).float()
    table /= met.clamp(min=1)[:, None]
    share = met / met.sum()
    return Student(table, torch.log(1e-3 / (1e-3 + share)), torch.from_numpy(centre))


def train(given: Examples, targets: Vectors, pieces: int) -> Student:
    """A student after three rounds over the examples, on a GPU where there is one."""
    torch.manual_seed(SEED)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    student = started(given, targets, pieces).to(device)
    table = torch.optim.SparseAdam([student.table.weight, student.weight.weight], lr=_RATE)
    bias = torch.optim.Adam([student.bias], lr=_RATE)
    batches = _batches(len(given.targets))
    for step, chosen in enumerate(batches):
        for optimizer in (table, bias):
            optimizer.param_groups[0]["lr"] = _RATE * (1 - step / len(batches))
            optimizer.zero_grad()
        loss = _loss(student, given, targets, chosen, device)
        loss.backward()  # type: ignore[no-untyped-call]
        table.step()  # type: ignore[no-untyped-call]
        bias.step()
        if step % 100 == 0:
            print(f"step {step}/{len(batches)}, loss {loss.item():.4f}", flush=True)
    return student.cpu()


def _batches(count: int) -> list[npt.NDArray[np.int64]]:
    """The numbers of the examples of each batch, every round in another order."""
    size, shuffled = min(_BATCH, count), np.random.default_rng(SEED)
    orders = [shuffled.permutation(count) for _ in range(_EPOCHS)]
    return [order[at : at + size] for order in orders for at in range(0, count - size + 1, size)]


def _loss(
    student: Student, given: Examples, targets: Vectors, chosen: npt.NDArray[np.int64], device: str
) -> torch.Tensor:
    spans = [given.ids[given.starts[at] : given.starts[at + 1]] for at in chosen]
    ids = torch.from_numpy(np.concatenate(spans)).long().to(device)
    text = torch.from_numpy(np.repeat(np.arange(len(spans)), [len(span) for span in spans])).to(device)
    made = student(ids, text, len(spans))
    which = torch.from_numpy(given.targets[chosen]).to(device)
    wanted = torch.from_numpy(targets[given.targets[chosen]]).to(device)
    near = (made * wanted).sum(dim=1)
    scores = made @ wanted.T / _TEMPERATURE
    same = (which[:, None] == which[None, :]) & ~torch.eye(len(which), dtype=torch.bool, device=device)
    contrast = functional.cross_entropy(scores.masked_fill(same, -1e4), torch.arange(len(which), device=device))
    loss: torch.Tensor = (1 - near).mean() + _CONTRAST * contrast
    return loss


def write(folder: Path, student: Student, pieces: Sequence[tuple[str, float]]) -> None:
    """Keep the student: int8 with a scale a row, and its vocabulary."""
    from safetensors.numpy import save_file

    table = student.table.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(axis=1), 1e-6) / 127
    weights = {
        "table": np.round(table / scale[:, None]).astype(np.int8),
        "scale": scale.astype(np.float32),
        "weight": student.weight.weight.detach().exp().numpy()[:, 0].astype(np.float32),
        "bias": student.bias.detach().numpy().astype(np.float32),
    }
    folder.mkdir(parents=True, exist_ok=True)
    save_file(weights, folder / WEIGHTS_FILE)
    lines = ",\n".join(json.dumps([piece, round(score, 4)], ensure_ascii=False) for piece, score in pieces)
    (folder / PIECES_FILE).write_text(f"[{lines}]\n", encoding="utf-8")
