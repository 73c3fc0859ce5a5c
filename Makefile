# `make run` serves the sandbox; `make test` runs everything that CI runs.
# Both call `make setup`, which is quick when nothing is missing.
SHELL := /bin/sh
DATA ?= .data/sandbox
LISTEN ?= 127.0.0.1:8080
LISTEN_TLS ?= 127.0.0.1:8443
LISTEN_CERTIFICATES ?= 127.0.0.1:8444
FUZZ_SECONDS ?= 300

.PHONY: help run test setup setup-test lint audit fuzz screenshots picture clean-data

help:
	@echo "make run          build Chancery and serve the sandbox on http://$(LISTEN)"
	@echo "make test         formatting, lints, rings and all tests"
	@echo "make setup        install what building needs (setup-test: what testing needs too)"
	@echo "make audit        licences, bans, sources and known vulnerabilities (cargo-deny)"
	@echo "make fuzz         throw mutated input at every parser, FUZZ_SECONDS each ($(FUZZ_SECONDS))"
	@echo "make screenshots  look at every page in a browser and write pictures to target/screenshots"
	@echo "make picture      take the README's picture anew"
	@echo "make clean-data   forget the sandbox's data ($(DATA))"

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

run: setup
	@scripts/build --package chancery
	@target/debug/chancery serve --sandbox --data $(DATA) --listen $(LISTEN) --listen-tls $(LISTEN_TLS) \
		--listen-certificates $(LISTEN_CERTIFICATES)

test: setup-test
	@scripts/test

lint: setup
	@scripts/test lint

audit:
	@scripts/audit

fuzz: setup-test
	@scripts/fuzz $(FUZZ_SECONDS)

screenshots: setup-test
	@scripts/build --package chancery
	@scripts/browser

picture: screenshots
	@cp target/screenshots/dashboard.png docs/images/dashboard.png

clean-data:
	rm -rf $(DATA)
