#include "render/html_words.hpp"

#include <algorithm>
#include <array>

namespace hachure::render {

namespace {

struct Row {
  std::string_view id, en, fr, zh_hant, zh_hans;
};

constexpr std::array table = {
    Row{"map", "Map", "Carte", "地圖", "地图"},
    Row{"date", "Date", "Date", "日期", "日期"},
    Row{"play", "Play", "Lecture", "播放", "播放"},
    Row{"pause", "Pause", "Pause", "暫停", "暂停"},
    Row{"before", "Previous date", "Date précédente", "上一時刻", "上一时刻"},
    Row{"after", "Next date", "Date suivante", "下一時刻", "下一时刻"},
    Row{"event-before", "Previous event", "Événement précédent", "上一事件", "上一事件"},
    Row{"event-after", "Next event", "Événement suivant", "下一事件", "下一事件"},
    Row{"speed", "Speed", "Vitesse", "速度", "速度"},
    Row{"zoom-in", "Zoom in", "Agrandir", "放大", "放大"},
    Row{"zoom-out", "Zoom out", "Réduire", "縮小", "缩小"},
    Row{"whole", "Whole map", "Carte entière", "全圖", "全图"},
    Row{"screen", "Full screen", "Plein écran", "全螢幕", "全屏"},
    Row{"events", "Events", "Événements", "大事", "大事"},
    Row{"sources", "Sources", "Sources", "資料來源", "资料来源"},
    Row{"keys", "Keys", "Touches", "按鍵", "按键"},
    Row{"keys-text",
        "Space plays and pauses; left and right arrow step by a date, page up and page down by an "
        "event; home and end go to the first and the last date. Plus and minus zoom, shift with an "
        "arrow moves the map, 0 shows all of it; F fills the screen.",
        "Espace : lecture et pause ; flèches gauche et droite : date précédente et suivante ; page "
        "précédente et page suivante : événement ; début et fin : première et dernière date. Plus "
        "et moins : agrandir et réduire ; majuscule et flèche : déplacer la carte ; 0 : carte "
        "entière ; F : plein écran.",
        "空白鍵播放或暫停；左右方向鍵移到前後時刻，Page Up 與 Page Down 移到前後事件，Home 與 End "
        "移到首末時刻。加減號縮放，Shift 加方向鍵移動地圖，0 顯示全圖，F 全螢幕。",
        "空格键播放或暂停；左右方向键移到前后时刻，Page Up 与 Page Down 移到前后事件，Home 与 End "
        "移到首末时刻。加减号缩放，Shift 加方向键移动地图，0 显示全图，F 全屏。"},
    Row{"no-script", "Without JavaScript the page shows the map at its last date.",
        "Sans JavaScript, la page montre la carte à sa dernière date.",
        "未啟用 JavaScript 時，本頁只顯示最後時刻的地圖。",
        "未启用 JavaScript 时，本页只显示最后时刻的地图。"},
};

}  // namespace

std::string_view html_words_lang(std::string_view lang) {
  if (lang.starts_with("zh-Hans") || lang.starts_with("zh-CN") || lang.starts_with("zh-SG")) {
    return "zh-Hans";
  }
  if (lang.starts_with("zh")) return "zh-Hant";
  if (lang.starts_with("fr")) return "fr";
  return "en";
}

std::string_view html_word(std::string_view id, std::string_view lang) {
  auto const it = std::ranges::find(table, id, &Row::id);
  if (it == table.end()) return {};
  auto const of = html_words_lang(lang);
  return of == "zh-Hans"   ? it->zh_hans
         : of == "zh-Hant" ? it->zh_hant
         : of == "fr"      ? it->fr
                           : it->en;
}

}  // namespace hachure::render
