# Published test material that is not ours to ship. When the folder stands beside the checkout its
# suites are run from where they are, under the label `fixtures`; otherwise there is no such ring.
get_filename_component(FIXTURES "${CMAKE_SOURCE_DIR}/../shared/fixtures" ABSOLUTE)

# hachure_fixture(NAME NEEDS path COMMAND ...): a test fixtures.NAME, if FIXTURES/path is there.
# Arguments may use ${FIXTURES} and $<TARGET_FILE:hachure>; exit status 0 is success.
function(hachure_fixture name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NEEDS" "COMMAND")
  if(EXISTS "${FIXTURES}/${arg_NEEDS}" AND TARGET hachure)
    add_test(NAME fixtures.${name} COMMAND ${arg_COMMAND})
    set_tests_properties(fixtures.${name} PROPERTIES LABELS fixtures TIMEOUT 600)
  endif()
endfunction()

hachure_fixture(outputs NEEDS svg/check_outputs.sh COMMAND
  "${CMAKE_CURRENT_LIST_DIR}/fixtures/outputs.sh" $<TARGET_FILE:hachure>
  "${CMAKE_SOURCE_DIR}/geodata/canton-1857" "${FIXTURES}/svg/check_outputs.sh")

hachure_fixture(edtf NEEDS edtf/edtf.jsonl COMMAND ${PYTHON}
  "${CMAKE_CURRENT_LIST_DIR}/fixtures/dates.py" $<TARGET_FILE:hachure> edtf
  "${FIXTURES}/edtf/edtf.jsonl")
hachure_fixture(reign_dates NEEDS calendar/reign_dates.jsonl COMMAND ${PYTHON}
  "${CMAKE_CURRENT_LIST_DIR}/fixtures/dates.py" $<TARGET_FILE:hachure> reign
  "${FIXTURES}/calendar/reign_dates.jsonl")
hachure_fixture(expressions NEEDS maplibre/run_expr.py COMMAND
  "${CMAKE_CURRENT_LIST_DIR}/fixtures/expressions.sh" $<TARGET_FILE:hachure>
  "${FIXTURES}/maplibre/run_expr.py" "${FIXTURES}/maplibre/expressions.dev.jsonl")
