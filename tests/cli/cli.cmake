# Tests of the program as its users call it: every *.test here and in broken/ (projects with one thing
# wrong each), and scripts that look at what it makes of the shipped campaign.
file(GLOB cli_tests RELATIVE "${CMAKE_CURRENT_LIST_DIR}" CONFIGURE_DEPENDS
     "${CMAKE_CURRENT_LIST_DIR}/*.test" "${CMAKE_CURRENT_LIST_DIR}/broken/*.test")

# hachure_script(NAME LABEL script arguments...): a test LABEL.NAME by a Python script of this folder's
# neighbourhood, which gets the program; exit status 77 says that it was skipped.
function(hachure_script name label script)
  add_test(NAME ${label}.${name} COMMAND ${PYTHON} "${CMAKE_CURRENT_SOURCE_DIR}/${script}"
           --program $<TARGET_FILE:hachure> ${ARGN})
  set_tests_properties(${label}.${name} PROPERTIES LABELS ${label} SKIP_RETURN_CODE 77)
endfunction()

if(TARGET hachure)
  foreach(file ${cli_tests})
    string(REGEX REPLACE "\\.test$" "" name "${file}")
    string(REPLACE "/" "." name "${name}")
    add_test(NAME cli.${name} COMMAND ${PYTHON} "${CMAKE_CURRENT_LIST_DIR}/run.py"
             --program $<TARGET_FILE:hachure> "${CMAKE_CURRENT_LIST_DIR}/${file}")
    set_tests_properties(cli.${name} PROPERTIES LABELS cli)
  endforeach()
  hachure_script(determinism cli cli/determinism.py)
  hachure_script(shipped_maps cli cli/shipped_maps.py)
  hachure_script(shipped_maps_mono cli cli/shipped_maps.py --style mono)
  hachure_script(one_ink cli cli/one_ink.py)
  hachure_script(frames cli cli/frames.py)
  hachure_script(article cli cli/article.py)
  hachure_script(script_page cli cli/script_page.py)
  hachure_script(painters cli cli/painters.py)
  hachure_script(painters_of_patterns cli cli/painters.py --dpi 150
    --project "${CMAKE_CURRENT_SOURCE_DIR}/golden/maps" --map fill-hatch --map fill-dots
    --map fill-symbols --map line-gradient --map line-teeth --map line-symbols
    --map movement-hatched --map movement-gradient)
  hachure_script(html_page cli cli/html_page.py)
  hachure_script(maps golden golden/maps.py)
endif()
