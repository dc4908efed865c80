#pragma once

#include <stdexcept>
#include <string>

namespace hachure::base {

/// Whose fault a failure is; decides the exit status of the program.
enum class Fault {
  input,        ///< a file of the user's is wrong: exit 1
  usage,        ///< the command line is wrong: exit 2
  environment,  ///< missing font, unwritable folder, full disk: exit 3
  defect,       ///< a contract between our own functions is broken: exit 4
};

/// Exit status of the process for a fault (DESIGN.md section 3).
int exit_status(Fault fault);

/// Where a value came from: printed before a message as `file:line: field: `.
struct Origin {
  std::string file;   ///< as the user named it; empty when there is none
  int line = 0;       ///< 1-based; 0 when the file as a whole is meant
  std::string place;  ///< `sheet:row` or `layer:feature` in files without lines; set with its
                      ///< separator (`!` or `#`) in front
  std::string field;  ///< column or key path, empty when the whole row is meant

  bool operator==(Origin const&) const = default;
};

/// `file:line: field`, `file!sheet:row: field` or `file#layer:feature: field`; empty if no file.
std::string to_string(Origin const& origin);

/// The one exception of the program. `what()` is the full text: origin, message and, on a line of
/// its own, `  hint: ...`.
class Error : public std::runtime_error {
 public:
  Error(Fault fault, Origin origin, std::string message, std::string hint = {});

  Fault fault() const { return fault_; }
  Origin const& origin() const { return origin_; }
  std::string const& message() const { return message_; }
  std::string const& hint() const { return hint_; }

 private:
  Fault fault_;
  Origin origin_;
  std::string message_;
  std::string hint_;
};

}  // namespace hachure::base
