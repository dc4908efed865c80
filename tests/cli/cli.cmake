# Every tests/cli/*.test is one test of the program as its users call it.
file(GLOB cli_tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/*.test")
if(TARGET hachure)
  foreach(file ${cli_tests})
    get_filename_component(name "${file}" NAME_WE)
    add_test(NAME cli.${name} COMMAND ${PYTHON} "${CMAKE_CURRENT_LIST_DIR}/run.py"
             --program $<TARGET_FILE:hachure> "${file}")
    set_tests_properties(cli.${name} PROPERTIES LABELS cli)
  endforeach()
endif()
