# The README's commands. The work is done by CMake presets and by the scripts in setup/ and .ci/.
#   make maps    install what is missing, build, draw every shipped map into output/
#   make test    the same, then everything that CI asks
#   make format  bring the sources into shape (clang-format)

HACHURE := build/release/hachure

.PHONY: maps test program format install clean

maps: program
	$(HACHURE) render geodata/canton-1857 --format svg,png,pdf

program:
	setup/install.sh build run fonts
	cmake --preset release --log-level=WARNING
	cmake --build --preset release --target hachure

test: maps
	.ci/test

format:
	.ci/format --write

install: program
	cmake --install build/release

clean:
	rm -rf build
