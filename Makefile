# Every target sets up what it needs; nothing has to be run before it.
# PYTHON=python3.12 make serve   uses another Python (3.11 or newer).

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

# The product's packages, and on top of them the tests'. A changed lock starts afresh.
PRODUCT := $(VENV)/product.stamp
TESTS := $(VENV)/tests.stamp
BENCH := $(VENV)/bench.stamp
TOOLS_OF_SCRIPTS := node_modules/.package-lock.json
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes

# What people type goes to the commands by the environment: in a recipe the shell would run it.
# `value` keeps it from make as well, whose own functions could call the shell.
TYPED := PYTHON PLAN FILE LOCALITY ISSUER PROGRAMME UNIT PERIOD SINCE OFFICE NAME OPERATOR CONTACT SITE_URL ARGS
$(foreach name,$(TYPED),$(if $(filter undefined,$(origin $(name))),,$(eval override $(name) := $$(value $(name)))$(eval export $(name))))

# Containers often set this; each process would then compile our code, and pytest its tests, anew.
unexport PYTHONDONTWRITEBYTECODE

# Material announces its end of life at every start; pyproject.toml says it once.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve test quick prove lint format site publishable demo check draft accept report verify new wheel reading bench lock clean

help: ## Danh sách lệnh này · this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(PRODUCT) ## Xem thử tại http://127.0.0.1:8000, tự dựng lại khi sửa · preview, rebuilds on a change
	$(VENV)/bin/congkhai serve

demo: $(PRODUCT) ## Xem thử với tỉnh minh họa trong tests/demo · preview the fictional province
	$(RUN) tests/demo/history/history.py .cache/demo
	PLANS_DIR=.cache/demo/plans AS_OF=2026-11-22 $(VENV)/bin/congkhai serve

site: $(PRODUCT) ## Tạo trang web vào site/; lỗi giữa chừng thì giữ bản cũ · build into site/, all or nothing
	$(if $(filter site,$(PLACE)),@:,$(VENV)/bin/congkhai build)

publishable: $(PRODUCT) ## Như site, nhưng dừng lại khi còn thiếu điều phải có lúc công bố · refuses to publish half
	$(VENV)/bin/congkhai build --release

check: $(PRODUCT) ## Kiểm tra dữ liệu trong plans/, so với bản đã lưu (SINCE=origin/main) · check the data
	$(VENV)/bin/congkhai check $(if $(SINCE),--since="$$SINCE")

draft: $(PRODUCT) ## Lập bản nháp từ tệp Word, Excel, PDF…: FILE=plans/tỉnh/xã/kế-hoạch/tệp.docx (hoặc PLAN=…), có thể thêm LOCALITY, PROGRAMME, ISSUER (khi không phải UBND): mã hoặc tên · draft a plan from an office's file
	$(call NEED,$(if $(FILE),FILE,PLAN),draft FILE=plans/hai-phong/xa-nam-sach/ascc-2026-2030/ke-hoach.docx)
	$(PLACED) && $(VENV)/bin/congkhai draft --locality="$$LOCALITY" --programme="$$PROGRAMME" \
		$(if $(ISSUER),--issuer="$$ISSUER") \
		$(if $(FILE),-- "$$FILE",--output="plans/$$place/plan.yml" -- "plans/$$place/source.txt")

accept: $(PRODUCT) ## Chép các đề xuất đã xem vào danh mục: FILE=plans/tỉnh/xã/kế-hoạch/de-xuat.yml · add confirmed proposals to the registers
	$(call NEED,FILE,accept FILE=plans/hai-phong/xa-nam-sach/ascc-2026-2030/de-xuat.yml)
	$(VENV)/bin/congkhai draft --accept -- "$$FILE"

report: $(PRODUCT) ## Tạo báo cáo để điền: PLAN=tỉnh/kế-hoạch UNIT=mã hoặc tên PERIOD=2026 · write a report to fill in
	$(call NEED,PLAN UNIT PERIOD,report PLAN=lai-chau/ascc-2026-2030 UNIT=so-noi-vu PERIOD=2026)
	$(PLACED) && $(VENV)/bin/congkhai report -- "$$place" "$$UNIT" "$$PERIOD"

# A plan's folder under plans/, with or without «plans/» and a slash at the end.
PLACED = place="$${PLAN%/}" && place="$${place\#plans/}"
NEED = $(foreach name,$(1),$(if $($(name)),,$(error Lệnh còn thiếu $(name). Gõ đủ, ví dụ: make $(2))))

test: $(TESTS) $(TOOLS_OF_SCRIPTS) ## Chạy toàn bộ kiểm thử · run the whole test suite
	$(TOOLS) && $(WITH_ARGS) $(PYTEST)

quick: $(TESTS) ## Chạy các phép thử không cần dựng trang, không cần trình duyệt · the unit tests alone
	$(SCRATCH); $(WITH_ARGS) $(RUN) -m pytest -p no:logging -p no:subtests -o faulthandler_timeout=0 tests/unit hooks/congkhai

lint: $(TESTS) $(TOOLS_OF_SCRIPTS) ## Soát mã: định dạng, kiểu, mẫu trang, CSS, script · formats, types, templates, styles, scripts
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(RUN) -m djlint theme --lint --quiet
	npm run --silent lint

format: $(TESTS) $(TOOLS_OF_SCRIPTS) ## Định dạng lại mã theo quy tắc chung · put the code into the common format
	$(RUN) -m ruff check --fix
	$(RUN) -m ruff format
	npm run --silent format

prove: $(TESTS) $(TOOLS_OF_SCRIPTS) ## Chạy cả những phép thử dài: hàng nghìn lần sửa, dừng, ngắt · the long proofs, too
	$(TOOLS) && PROVE=1 $(WITH_ARGS) $(PYTEST)

# One process for each core. A file's tests stay together, so that what they share is made once,
# and begin in the order of their names, in which the short ones of tests/unit end the run;
# ARGS="-n 0" runs them in one process, ARGS="-k words" only some. The unit tests alone run in one:
# a second one would take as long to import and collect as its half of the tests.
PYTEST = $(RUN) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder
# Puts the words of ARGS, quoted as for a shell, behind a command.
WITH_ARGS = $(RUN) -c 'import os, shlex, sys; os.execv(sys.argv[1], sys.argv[1:] + shlex.split(os.environ.get("ARGS", "")))'

# The programs that tests drive: found, installed, or named to whoever has to install them.
# A variable called NGINX would mean something to nginx itself: sockets to take over.
TOOLS = CHROMIUM="$$(.ci/need chromium)" && WEB_SERVER="$$(.ci/need nginx)" && .ci/need fonts && export CHROMIUM WEB_SERVER && $(SCRATCH)

# Tests write and remove some hundred thousand small files: on a disk each is a wait, in memory none.
# What passed is removed at once, so that it takes no room.
SCRATCH = scratch="$$(.ci/need scratch)" && if [ "$$scratch" ]; then export TMPDIR="$$scratch" \
	PYTEST_ADDOPTS="-o tmp_path_retention_policy=failed $$PYTEST_ADDOPTS"; fi

verify: $(PRODUCT) ## So trang web đã công bố với bản tạo lại: make verify site, make verify https://… · rebuild and compare
	$(VENV)/bin/congkhai verify -- "$$PLACE"

# The word after «verify» names a place, not a target to make.
ifeq ($(firstword $(MAKECMDGOALS)),verify)
override PLACE := $(word 2,$(MAKECMDGOALS))
export PLACE
.DEFAULT: ;@:
endif

new: $(PRODUCT) ## Tạo kho dữ liệu cho một cơ quan: OFFICE=../so-noi-vu-mau · an office's own repository
	$(call NEED,OFFICE,new OFFICE=../so-noi-vu-mau NAME="Công khai kế hoạch của Sở Nội vụ" SITE_URL=https://congkhai.example/)
	$(VENV)/bin/congkhai new --name="$$NAME" --operator="$$OPERATOR" --contact="$$CONTACT" --site-url="$$SITE_URL" -- "$$OFFICE"

wheel: $(PRODUCT) ## Đóng gói phần mềm vào dist/ để cài ở kho của cơ quan khác · the package that offices install
	$(RUN) -m hatchling build --target wheel

reading: $(PRODUCT) ## Đo việc đọc trên các văn bản đã chú giải tay: GOLD=thư mục · precision and recall of the reader
	$(WITH_ARGS) $(RUN) tests/reading/score.py

bench: $(BENCH) ## Đo thời gian dựng với dữ liệu cả nước, cạnh Hugo · measure builds of the whole country, beside Hugo
	$(WITH_ARGS) $(RUN) tests/bench/run.py

lock: ## Ghim lại phiên bản và mã băm của mọi gói · pin every package again, with hashes
	rm -rf .cache/lock
	"$$PYTHON" -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(call COMPILE,pyproject.toml --group build,requirements.txt)
	$(call COMPILE,pyproject.toml --group build --group test --group lint --constraints requirements.txt,requirements-dev.txt)
	$(call COMPILE,--group bench --constraints requirements.txt,requirements-bench.txt)

# No index address and no machine's path in the locks; wheels of every platform and Python.
COMPILE = .cache/lock/bin/uv pip compile --quiet --no-config --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	$(1) --output-file $(2)

clean: ## Xóa mọi thứ máy tạo lại được (không xóa dữ liệu) · remove all that can be made again
	rm -rf $(VENV) node_modules .cache .pytest_cache .hypothesis .mypy_cache .ruff_cache site dist
	find hooks tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtual environment that does not run (its Python is gone, its folder was moved) is made again.
ifneq ($(shell test -x $(RUN) && $(RUN) -c "" || echo broken),)
.PHONY: $(PRODUCT)
endif

$(PRODUCT): requirements.txt
	.ci/need python "$$PYTHON"
	"$$PYTHON" -m venv --clear $(VENV)
	$(PIP) --requirement requirements.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	touch $@

# Compiling all of what the tests bring takes half of the time; Python does what is imported.
$(TESTS): requirements-dev.txt $(PRODUCT)
	$(PIP) --no-compile --requirement requirements-dev.txt
	touch $@

$(TOOLS_OF_SCRIPTS): package-lock.json
	.ci/need node >/dev/null
	npm ci --silent
	touch $@

$(BENCH): requirements-bench.txt $(PRODUCT)
	$(PIP) --requirement requirements-bench.txt
	touch $@
