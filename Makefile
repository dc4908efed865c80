# The README's commands. The work is done by CMake presets and by the scripts in setup/ and .ci/.
#   make maps    install what is missing, build, draw every shipped map into output/
#   make frames  the same, then the shipped sequences as frames into output/frames/
#   make test    the same, then everything that CI asks
#   make format  bring the sources into shape (clang-format)

HACHURE := build/release/hachure

.PHONY: maps frames test program format install clean

maps: program
	$(HACHURE) render geodata/canton-1857 --format svg,png,pdf

frames: program
	$(HACHURE) frames geodata/canton-1857 --sequence october-1856 --out output/frames/october-1856/
	$(HACHURE) frames geodata/canton-1857 --sequence assault --out output/frames/assault/
	$(HACHURE) frames geodata/canton-1857 --sequence theatre --out output/frames/theatre/

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
