package dev.tramway.onescript.internal.library.system;

import dev.tramway.onescript.Permission;
import dev.tramway.onescript.internal.bind.Call;
import dev.tramway.onescript.internal.bind.Enumeration;
import dev.tramway.onescript.internal.value.Errors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the system keeps things of a kind, by the customs of Windows and of the desktops of all others. */
final class Folders {
    static final Enumeration KIND = new Enumeration("СпециальнаяПапка", "SpecialFolder");

    /** Relative to the home directory, unless absolute, or to the variable in front of the colon. */
    private record Place(String windows, String others) {}

    private static final Map<Enumeration.Value, Place> PLACES = new HashMap<>();

    static {
        place("МоиДокументы", "MyDocuments", "Documents", "");
        place("ДанныеПриложений", "ApplicationData", "APPDATA:AppData/Roaming", "XDG_CONFIG_HOME:.config");
        place(
                "ЛокальныйКаталогДанныхПриложений",
                "LocalApplicationData",
                "LOCALAPPDATA:AppData/Local",
                "XDG_DATA_HOME:.local/share");
        place("РабочийСтол", "Desktop", "Desktop", "Desktop");
        place("КаталогРабочийСтол", "DesktopDirectory", "Desktop", "Desktop");
        place("МояМузыка", "MyMusic", "Music", "Music");
        place("МоиРисунки", "MyPictures", "Pictures", "Pictures");
        place("Шаблоны", "Templates", "AppData/Roaming/Microsoft/Windows/Templates", "Templates");
        place("МоиВидеозаписи", "MyVideos", "Videos", "Videos");
        place("ОбщиеШаблоны", "CommonTemplates", "C:/ProgramData/Microsoft/Windows/Templates", "/usr/share/templates");
        place("ПрофильПользователя", "UserProfile", "", "");
        place("ОбщийКаталогДанныхПриложения", "CommonApplicationData", "ProgramData:C:/ProgramData", "/usr/share");
    }

    private Folders() {}

    private static void place(String russian, String english, String windows, String others) {
        PLACES.put(KIND.value(russian, english), new Place(windows, others));
    }

    static Object path(Call call) {
        Enumeration.Value kind = call.as(0, Enumeration.Value.class);
        Place place = PLACES.get(kind);
        if (place == null) {
            throw Errors.badArgumentType(1);
        }
        call.context().require(Permission.SYSTEM, kind.english());
        String rule = SystemInfo.isWindows() ? place.windows : place.others;
        int colon = rule.indexOf(':');
        String variable =
                colon < 2 ? null : Environment.variables(call.context()).get(rule.substring(0, colon));
        if (variable != null && !variable.isEmpty()) {
            return variable;
        }
        return Path.of(System.getProperty("user.home"))
                .resolve(rule.substring(colon < 2 ? 0 : colon + 1))
                .toString();
    }
}
