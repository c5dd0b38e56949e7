"""tantivy as it is, on the same tokens: twenty hits and five facets.

Arguments: what to do (`build` or `answer`), the folder of the index, and to build the file of records.
To answer, a line of JSON on standard input asks a question; its seconds and its number of hits are told on standard output.
"""

import json
import os
import sys
import time

import tantivy
from tantivy import Occur, Query

FACETS = ["site", "department", "genre", "year", "validity"]
AGGREGATIONS = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}
WHAT, FOLDER = sys.argv[1], sys.argv[2]

builder = tantivy.SchemaBuilder()
builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
for name in ["title", "text"]:
    builder.add_text_field(name + "_words", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field(name + "_pairs", tokenizer_name="whitespace", index_option="position")
for name in ["title_shown", "text_shown"]:
    builder.add_bytes_field(name, stored=True)
for name in FACETS:
    builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
schema = builder.build()


def build(records):
    os.makedirs(FOLDER)
    index = tantivy.Index(schema, path=FOLDER)
    writer = index.writer(heap_size=400_000_000, num_threads=2)
    with open(records, encoding="utf-8") as lines:
        for line in lines:
            id, title, text, title_words, text_words, title_pairs, text_pairs, *facets = line.rstrip("\n").split("\t")
            document = tantivy.Document()
            document.add_text("id", id)
            document.add_text("title_words", title_words)
            document.add_text("text_words", text_words)
            document.add_text("title_pairs", title_pairs)
            document.add_text("text_pairs", text_pairs)
            document.add_bytes("title_shown", title.encode())
            document.add_bytes("text_shown", text.encode())
            for name, value in zip(FACETS, facets):
                if value:
                    document.add_text(name, value)
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def phrase(field, pairs):
    if len(pairs) == 1:
        return Query.term_query(schema, field, pairs[0])
    return Query.phrase_query(schema, field, pairs)


def query(asked):
    pairs = [pair for pair in asked["pairs"] if len(pair) == 2]
    ways = [Query.boost_query(phrase("title_pairs", pairs), 2.0), Query.boost_query(phrase("text_pairs", pairs), 0.6)]
    if asked["class"] != "phrase":
        for field, weight in [("title_words", 6.0), ("text_words", 1.0)]:
            ways.append(Query.boost_query(Query.term_query(schema, field, asked["text"]), weight))
    wanted = Query.disjunction_max_query(ways, 0.1)
    if asked["site"] is None:
        return wanted
    filters = [Query.term_query(schema, name, asked[name]) for name in ["site", "year"]]
    return Query.boolean_query([(Occur.Must, part) for part in [wanted, *filters]])


def answer():
    index = searcher = None
    for line in sys.stdin:
        asked = json.loads(line)
        if asked["cold"]:
            index = searcher = None
        started = time.perf_counter()
        if searcher is None:
            index = tantivy.Index.open(FOLDER)
            searcher = index.searcher()
        wanted = query(asked)
        found = searcher.search(wanted, limit=20, count=True)
        shown = [searcher.doc(address).get_first("title_shown") for _, address in found.hits]
        searcher.aggregate(wanted, AGGREGATIONS)
        seconds = time.perf_counter() - started
        print(json.dumps({"seconds": seconds, "total": found.count, "hits": len(shown)}), flush=True)


if WHAT == "build":
    build(sys.argv[3])
else:
    answer()
