#include "layout/messages.hpp"

#include <algorithm>
#include <array>

namespace hachure::layout {

namespace {

struct Row {
  std::string_view id, en, zh_hant, zh_hans, fr;
};

constexpr std::array table = {
    Row{"legend", "Legend", "圖例", "图例", "Légende"},
    Row{"events", "Events", "大事", "大事", "Événements"},
    Row{"sources", "Sources", "資料來源", "资料来源", "Sources"},
    Row{"north", "N", "北", "北", "N"},
    Row{"km", "km", "公里", "公里", "km"},
    Row{"m", "metres", "米", "米", "mètres"},
    Row{"mi", "miles", "英里", "英里", "milles"},
    Row{"nmi", "n. miles", "海里", "海里", "milles marins"},
    Row{"yd", "yards", "碼", "码", "yards"},
    Row{"projection", "Projection", "投影", "投影", "Projection"},
};

}  // namespace

std::string_view message(std::string_view id, std::string_view lang) {
  auto const it = std::ranges::find(table, id, &Row::id);
  if (it == table.end()) return id;
  if (lang.starts_with("zh-Hans") || lang.starts_with("zh-CN") || lang.starts_with("zh-SG")) {
    return it->zh_hans;
  }
  if (lang.starts_with("zh")) return it->zh_hant;
  if (lang.starts_with("fr")) return it->fr;
  return it->en;
}

}  // namespace hachure::layout
