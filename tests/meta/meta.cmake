# Rules about the sources themselves. Every tests/meta/*.py is one test; it prints what breaks the
# rule as file:line: text and exits 1.
file(GLOB meta_tests CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/*.py")
foreach(file ${meta_tests})
  get_filename_component(name "${file}" NAME_WE)
  if(name STREQUAL "sources")  # what the others share
    continue()
  endif()
  add_test(NAME meta.${name} COMMAND ${PYTHON} "${file}" "${CMAKE_SOURCE_DIR}")
  set_tests_properties(meta.${name} PROPERTIES LABELS meta)
endforeach()
