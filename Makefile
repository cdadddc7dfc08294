# One front door: every verb is here, CI calls the same verbs, and each is a thin call to a script.
.DEFAULT_GOAL := help
SHELL := bash
PY := .venv/bin/python

.PHONY: help setup demo test test-all lint types protos blueprints goldens bench up compose-secrets lock licences clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install uv, Python packages, Node and its toolchain into this folder (no root; repeats nothing)
	@scripts/setup

demo: setup ## generate the twelve-feature example in JavaScript and in TypeScript, prove it, and say where it lies
	@scripts/demo

test: setup ## everything a change must pass: lint, types, unit and cross-service tests
	@scripts/test

test-all: setup ## the same, with the slow tests, the blueprints and the fault tests
	@scripts/test --all

lint: setup ## style, import directions, protos, fresh stubs, licences
	@scripts/lint

types: setup ## strict type check of every package and its tests
	@scripts/types

protos: setup ## generate the Python stubs in protos/gen
	@$(PY) scripts/protos.py

blueprints: setup ## check every handler's blueprint where it lies
	@scripts/blueprints

goldens: setup ## write the golden trees again; read the difference before you commit it
	@$(PY) -m pytest -q tests/golden --write-goldens

bench: setup ## measure every published figure, beside its limit
	@$(PY) -m bench

up: setup ## NATS and each service as a process of its own, for work on one of them
	@$(PY) scripts/up.py

compose-secrets: setup ## write .env and the NATS users that docker-compose.yml needs, at random, once
	@$(PY) scripts/compose_secrets.py

lock: setup ## write requirements.lock again (LOCK=--upgrade moves versions)
	@scripts/lock $(LOCK)

licences: setup ## write THIRD_PARTY.md from what the lock files name
	@$(PY) scripts/licences.py

clean: ## remove what set-up and tests made
	@scripts/clean
