# The catalogues of src/base/messages (gettext .po, and the .pot with the English texts) become one
# source with their text in it: nothing has to be found when the program runs, and no tool of gettext
# is needed. src/base/message.cpp reads them.

file(GLOB message_catalogues CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/base/messages/*.po*")
set(message_source "#include \"base/message_catalogues.hpp\"\n\nnamespace hachure::base {\n\n")
set(message_names "")
set(message_count 0)
foreach(catalogue ${message_catalogues})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${catalogue}")
  file(READ "${catalogue}" content)
  get_filename_component(name "${catalogue}" NAME)
  string(APPEND message_source
         "static constexpr std::string_view catalogue_${message_count} = R\"catalogue(${content})catalogue\";\n")
  string(APPEND message_names "    {\"${name}\", catalogue_${message_count}},\n")
  math(EXPR message_count "${message_count} + 1")
endforeach()
string(APPEND message_source
       "\nstatic constexpr MessageCatalogue all[] = {\n${message_names}};\n\n"
       "std::span<MessageCatalogue const> message_catalogues() {\n  return all;\n}\n\n}  // namespace hachure::base\n")
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/messages.cpp" CONTENT "@message_source@" @ONLY)
