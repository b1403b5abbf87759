# Everything one types. `make help` lists it. Builds are always of the whole workspace, so nothing compiles twice.

export CARGO_TERM_COLOR ?= auto
target := $(or $(CARGO_TARGET_DIR),target)
# What `make run` compiles.
demo := --workspace --exclude eval --exclude tests --bin kiosk --bin central
# The version that deny.toml was written for.
cargo_deny := 0.20.2

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help packages packages-test camera-test models build build-demo run test fmt fmt-check features circles clippy deny deny-tool rust-test models-test bench eval screens mutants mutants-test fuzz clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

packages: ## install the Debian packages that are missing
	@scripts/packages.sh

packages-test:
	@scripts/packages.sh test

models: packages ## fetch and prepare the models (a second run does nothing)
	@python3 models/fetch.py

build: packages ## build all programs and tools
	cargo build --workspace --locked

# Without the packages that only measure and test: a newcomer waits for neither. `make features` checks that nothing compiles anew for them.
build-demo: packages
	@scripts/build-demo.sh $(demo) --locked

run: packages build-demo ## the demo: a server with a school, and a kiosk
	@scripts/run.sh

# The order is by price: what fails cheaply fails first.
test: packages-test fmt-check features circles models models-test mutants-test deny clippy rust-test ## everything CI runs

fmt: ## format
	cargo fmt --all

features:
	@scripts/same-features.sh

circles: ## circles of files within a crate (ARGS=--all: those that are still allowed; ARGS="--imports CRATE")
	@python3 -B scripts/file-circles.py $(ARGS)

fmt-check:
	cargo fmt --all --check

clippy: packages
	cargo clippy --workspace --all-targets --locked -- -D warnings

deny: deny-tool ## licences, bans and sources of all dependencies
	@scripts/deny.sh

deny-tool:
	@scripts/deny.sh install $(cargo_deny)

models-test: ## the tests of fetching
	@python3 -B -m unittest discover --quiet --start-directory models/tests --top-level-directory models

rust-test: packages models
	@scripts/rust-test.sh

# Not part of `make test`: software emulation makes it slow. The first run makes the guest out of Debian packages.
camera-test: packages models ## the camera service before a webcam in an emulated PC, and the kiosk's screen there (ARGS=--short, ARGS="--only NAME")
	@scripts/packages.sh camera
	cargo build --workspace --bins --locked
	@scripts/camera-test.sh $(ARGS)

bench: packages models ## the table of budgets, measured here, into docs/MEASUREMENTS.md
	cargo build --workspace --bins --locked
	@scripts/bench.sh bench

eval: packages models ## the accuracy tables of docs/MEASUREMENTS.md; NAME=TABLE for one, ARGS for its options (FACES_SET, QUALITY_SET, QR_SET name the sets)
	cargo build --workspace --bins --locked
	@$(target)/debug/eval $(or $(NAME),all) $(ARGS) --write

screens: packages ## every screen as PNG and contact sheets of them, in out/screens
	cargo build --workspace --bins --examples --locked
	$(target)/debug/examples/gallery out/screens

mutants: packages models ## mutation tests: change the product one line at a time; a test must fail (MUTANTS="WORD ..." for some)
	@python3 -B scripts/mutants.py $(MUTANTS)

mutants-test:
	@python3 -B -m unittest discover --quiet --start-directory scripts/tests

fuzz: packages models ## fuzz the photo engine, MINUTES=10 for each target (TARGET=decode or verdict for one)
	@scripts/fuzz.sh $(or $(MINUTES),10) $(TARGET)

clean: ## remove what was built and drawn; the models stay
	cargo clean
	rm -rf out
