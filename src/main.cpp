#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "cli/commands.hpp"

int main(int argc, char** argv) {
  try {
    return hachure::cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (hachure::base::Error const& error) {
    std::cerr << error.what() << '\n';
    return hachure::base::exit_status(error.fault());
  } catch (std::exception const& error) {
    std::cerr << "a defect of hachure itself: " << error.what()
              << "\n  hint: please report it with the command line and the input\n";
    return hachure::base::exit_status(hachure::base::Fault::defect);
  }
}
