# What a person types in this repository. Everything is installed into .venv/ in the checkout, from the hashed locks.
# Works with GNU make 3.81 and later and any POSIX sh; paths may hold spaces and Japanese letters.
SHELL = /bin/sh
VENV = .venv
PY = $(VENV)/bin/python
PIP = $(PY) -m pip --disable-pip-version-check --quiet install
TOSHIMA = $(VENV)/bin/toshima

# $(call install,STAMP,LOCK): a virtual environment that holds what LOCK says, and this checkout.
# The stamp keeps the sum of what it was made from and is written last. A .venv is made anew where it was copied from
# elsewhere (.place), where an installation was cut off (.busy) and where its Python no longer runs.
define install
	@set -e; \
	sum=$$({ pwd -P; $(PY) -V; cat pyproject.toml $(2); } 2>/dev/null | cksum); \
	if [ ! -e $(VENV)/.busy ] && [ "$$(cat $(VENV)/$(1) 2>/dev/null)" = "$$sum" ]; then exit 0; fi; \
	if [ -e $(VENV)/.busy ] || [ "$$(cat $(VENV)/.place 2>/dev/null)" != "$$(pwd -P)" ] \
		|| ! $(PY) -m pip --version >/dev/null 2>&1; then \
		$(find_python); \
		echo "Making .venv with $$found / .venv を作っています" >&2; \
		"$$found" -m venv --clear $(VENV); \
		pwd -P > $(VENV)/.place; \
	fi; \
	: > $(VENV)/.busy; \
	echo "Installing what $(2) lists (the first time takes a minute or two) / 必要なものを入れています（初回は1〜2分）" >&2; \
	$(PIP) --require-hashes -r $(2); \
	$(PIP) --no-deps --no-build-isolation --editable .; \
	{ pwd -P; $(PY) -V; cat pyproject.toml $(2); } | cksum > $(VENV)/$(1); \
	rm -f $(VENV)/.busy
endef

# The first Python >= 3.11 that really runs (a pyenv shim may exist and not run) and can make a virtual environment.
define find_python
	found=; bare=; \
	for name in python3.14 python3.13 python3.12 python3.11 python3; do \
		"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
		if "$$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$name; break; fi; \
		bare=$${bare:-$$name}; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
		echo "$$bare is here but cannot make a virtual environment: install its venv module (Debian, Ubuntu: sudo apt install python3-venv) and run make again." >&2; \
		echo "$$bare はありますが、仮想環境を作れません。venv モジュールを入れてから（Debian・Ubuntu では sudo apt install python3-venv）、もう一度 make を実行してください。" >&2; \
		exit 1; \
	elif [ -z "$$found" ]; then \
		echo "toshima needs Python 3.11 or later, and none was found as python3.14 ... python3.11 or python3: install one (python.org, or your system's packages) and run make again." >&2; \
		echo "Python 3.11 以降が見つかりません。python.org またはお使いの OS のパッケージから入れて、もう一度 make を実行してください。" >&2; \
		exit 1; \
	fi
endef

.PHONY: help demo test check bench soak docs clean ready ready-for-tests

help:
	@echo 'make demo    live the whole life of household A in a temporary database / 世帯Aの一件を、仮のデータベースで最初から最後まで'
	@echo 'make test    run the tests / テスト'
	@echo 'make check   ruff, mypy, import-linter, docs current, then the tests / 静的検査とテスト'
	@echo 'make docs    write the parts of docs/ that are made from the program / docs/ のうち自動で作る部分を書き直す'
	@echo 'make bench   measure the speed, beside what one would use instead / 速さを測る'
	@echo 'make soak    the long-running tests / 長時間のテスト'
	@echo 'make clean   remove .venv/ and what the tools left / .venv/ などを消す'

demo: ready
	@$(TOSHIMA) demo

test: ready-for-tests
	@$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: ready-for-tests
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) docs/make.py --check
	$(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

docs: ready-for-tests
	$(PY) docs/make.py

bench: ready-for-tests
	$(PY) bench/run.py

soak: ready-for-tests
	$(PY) -m pytest -m soak

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	$(call install,.run,requirements.txt)

ready-for-tests:
	$(call install,.test,requirements-test.txt)
