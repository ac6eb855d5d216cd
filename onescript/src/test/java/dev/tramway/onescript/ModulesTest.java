package dev.tramway.onescript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules are classes; scripts load others, from files, strings and libraries. */
class ModulesTest {
    @TempDir
    private Path directory;

    private void write(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines));
    }

    private List<String> run(String name) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ScriptEngine engine = ScriptEngine.builder()
                .output(output)
                .directory(directory)
                .libraries(directory.resolve("lib"))
                .build();
        engine.load(directory.resolve(name)).run();
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void anAttachedScriptIsAType() throws Exception {
        write(
                "Счётчик.os",
                "Перем Значение Экспорт;",
                "Перем Шаг;",
                "Процедура ПриСозданииОбъекта(Начало, ШагСчёта = 1) Значение = Начало; Шаг = ШагСчёта; КонецПроцедуры",
                "Процедура Дальше() Экспорт Значение = Значение + Шаг; КонецПроцедуры",
                "Сообщить(\"тело\");");
        write(
                "main.os",
                "ПодключитьСценарий(\"Счётчик.os\", \"Счетчик\");",
                "А = Новый Счетчик(5); Б = Новый Счетчик(10, 10);",
                "А.Дальше(); Б.Дальше(); Б.Значение = Б.Значение + 1;",
                "Сообщить(\"\" + А.Значение + \" \" + Б.Значение + \" \" + ТипЗнч(А) + (ТипЗнч(А) = Тип(\"Счетчик\")));",
                "Попытка В = Новый Счетчик; Исключение Сообщить(ИнформацияОбОшибке().Описание); КонецПопытки;");
        assertThat(run("main.os"))
                .containsExactly("тело", "тело", "6 21 СчетчикДа", "Недостаточно фактических параметров");
    }

    @Test
    void aLoadedScriptSeesTheNamesItIsGiven() throws Exception {
        assertThat(Scripts.run(
                        "Т = \"Процедура Сказать(Что) Экспорт",
                        "|  Сообщить(Имя + Что); Список.Добавить(Что);",
                        "|КонецПроцедуры",
                        "|Сообщить(\"\"сразу \"\" + Имя);\";",
                        "С = Новый Структура(\"Имя, Список\", \"Пётр: \", Новый Массив);",
                        "О = ЗагрузитьСценарийИзСтроки(Т, С); О.Сказать(\"да\"); Сообщить(С.Список.Количество());"))
                .containsExactly("сразу Пётр: ", "Пётр: да", "1");
        assertThat(Scripts.error("А = ЗагрузитьСценарийИзСтроки(\"Имя = 1;\", Новый Структура(\"Имя\", 2));"))
                .hasMessage("Свойство недоступно для записи (Имя)");
    }

    @Test
    void aScriptKnowsItsFile() throws Exception {
        write(
                "sub/other.os",
                "Сообщить(СтрЗаканчиваетсяНа(ТекущийСценарий().Источник, \"other.os\"));",
                "Сообщить(СтрЗаканчиваетсяНа(СтартовыйСценарий().Источник, \"main.os\"));");
        write(
                "main.os",
                "А = ЗагрузитьСценарий(\"sub\\other.os\");",
                "Сообщить(ТекущийСценарий().Источник = СтартовыйСценарий().Источник);");
        assertThat(run("main.os")).containsExactly("Да", "Да", "Да");
    }

    @Test
    void aDirectoryOfScriptsIsALibrary() throws Exception {
        write("папка/Классы/Точка.os", "Перем Х Экспорт;", "Процедура ПриСозданииОбъекта(А) Х = А; КонецПроцедуры");
        write("папка/Модули/Геометрия.os", "Функция Удвоить(Т) Экспорт Возврат Т.Х * 2; КонецФункции");
        write("lib/имя/Прочее.os", "Функция Три() Экспорт Возврат 3; КонецФункции");
        write(
                "lib/настроенная/lib.config",
                "<package-def>",
                "<class name=\"Свой\" file=\"src/к.os\" />",
                "<module name=\"М\" file=\"src/м.os\"/>",
                "</package-def>");
        write("lib/настроенная/src/к.os", "Функция Имя() Экспорт Возврат \"свой\"; КонецФункции");
        write("lib/настроенная/src/м.os", "Функция Новое() Экспорт Возврат Новый Свой; КонецФункции");
        write(
                "main.os",
                "#Использовать \"папка\"",
                "#Использовать имя",
                "#Use настроенная",
                "Сообщить(Геометрия.Удвоить(Новый Точка(4)) + Прочее.Три());",
                "Сообщить(М.Новое().Имя());");
        assertThat(run("main.os")).containsExactly("11", "свой");
    }

    @Test
    void aLibraryMayLoadItselfByAScript() throws Exception {
        write(
                "lib/своя/package-loader.os",
                "Процедура ПриЗагрузкеБиблиотеки(Путь, СтандартнаяОбработка, Отказ)",
                "  СтандартнаяОбработка = Ложь;",
                "  ДобавитьМодуль(Путь + \"/a.os\", \"Особый\");",
                "КонецПроцедуры");
        write("lib/своя/a.os", "Функция Да() Экспорт Возврат \"да\"; КонецФункции");
        write("main.os", "#Использовать своя", "Сообщить(Особый.Да());");
        assertThat(run("main.os")).containsExactly("да");
    }

    @Test
    void anErrorInALibraryNamesItsFile() throws Exception {
        write("lib/плохая/м.os", "Функция Ф() Экспорт", "  Возврат 1", "  Возврат 2;", "КонецФункции");
        write("main.os", "#Использовать плохая");
        ScriptException error = catchThrowableOfType(ScriptException.class, () -> run("main.os"));
        assertThat(error.module()).endsWith("м.os");
        assertThat(error.line()).isEqualTo(3);
        assertThat(error).hasMessageStartingWith("Ожидается символ ; (точка с запятой)");
    }

    @Test
    void aMissingFileIsAnError() {
        ScriptException error = catchThrowableOfType(ScriptException.class, () -> run("нет.os"));
        assertThat(error).hasMessageStartingWith("Не удалось прочитать сценарий: ");
    }

    @Test
    void eventsReachTheirHandlers() throws Exception {
        assertThat(Scripts.run(
                        "Процедура Слушать(А, Б) Сообщить(\"слышу \" + А + Б); КонецПроцедуры",
                        "Процедура Ещё(А, Б) Экспорт Сообщить(\"и я\"); КонецПроцедуры",
                        "Источник = ЗагрузитьСценарийИзСтроки(\"Процедура Крик() Экспорт",
                        "|  П = Новый Массив; П.Добавить(1); П.Добавить(2); ВызватьСобытие(\"\"Громко\"\", П);",
                        "|КонецПроцедуры\");",
                        "Источник.Крик();",
                        "ДобавитьОбработчик Источник.Громко, Слушать;",
                        "ДобавитьОбработчик Источник.Громко, ЭтотОбъект.Ещё;",
                        "Источник.Крик();",
                        "УдалитьОбработчик Источник.Громко, Слушать;",
                        "Источник.Крик();"))
                .containsExactly("слышу 12", "и я", "и я");
    }

    @Test
    void reflectionFindsMembersByName() throws Exception {
        assertThat(Scripts.run(
                        "Перем П Экспорт;",
                        "Процедура Метод(А, Б) Экспорт А = А + Б; КонецПроцедуры",
                        "Р = Новый Рефлектор; Арг = Новый Массив; Арг.Добавить(1); Арг.Добавить(2);",
                        "Р.ВызватьМетод(ЭтотОбъект, \"метод\", Арг); Сообщить(Арг[0]);",
                        "Сообщить(Р.МетодСуществует(ЭтотОбъект, \"Метод\")); Сообщить(Р.МетодСуществует(Арг, \"Нет\"));",
                        "Р.УстановитьСвойство(ЭтотОбъект, \"П\", 8); Сообщить(Р.ПолучитьСвойство(ЭтотОбъект, \"П\"));",
                        "Попытка Р.ВызватьМетод(ЭтотОбъект, \"Нет\"); Исключение",
                        "  Сообщить(ИнформацияОбОшибке().Описание); КонецПопытки;"))
                .containsExactly("3", "Да", "Нет", "8", "Метод объекта не обнаружен (Нет)");
    }

    @Test
    void onlyKnownComponentsCanBeAttached() {
        assertThat(Scripts.error("ПодключитьВнешнююКомпоненту(\"C:\\dir\\other.dll\");"))
                .hasMessage("Внешняя компонента не известна: C:\\dir\\other.dll");
    }

    /** What a runner of tests does: finds tests in scripts that list them, calls hooks if there are any, counts. */
    @Test
    void testsCanBeRunByAScript() throws Exception {
        write(
                "проверки.os",
                "Перем юТест;",
                "Функция ПолучитьСписокТестов(Тестирование) Экспорт",
                "  юТест = Тестирование; Все = Новый Массив; Все.Добавить(\"Хороший\"); Все.Добавить(\"Плохой\"); Возврат Все;",
                "КонецФункции",
                "Процедура Хороший() Экспорт юТест.ПроверитьРавенство(4, 2 + 2); КонецПроцедуры",
                "Процедура Плохой() Экспорт юТест.ПроверитьРавенство(5, 2 + 2); КонецПроцедуры");
        write(
                "main.os",
                "Перем Рефлектор;",
                "Процедура ПроверитьРавенство(А, Б) Экспорт",
                "  Если А <> Б Тогда ВызватьИсключение СтрШаблон(\"%1 не равно %2\", А, Б); КонецЕсли;",
                "КонецПроцедуры",
                "Процедура Необязательный(Объект, Имя)",
                "  Попытка Рефлектор.ВызватьМетод(Объект, Имя, Новый Массив);",
                "  Исключение",
                "    Если Найти(ИнформацияОбОшибке().Описание, \"Метод объекта не обнаружен (\" + Имя + \")\") = 0 Тогда",
                "      ВызватьИсключение;",
                "    КонецЕсли;",
                "  КонецПопытки;",
                "КонецПроцедуры",
                "Рефлектор = Новый Рефлектор;",
                "Имя = \"Т\" + СтрЗаменить(Строка(Новый УникальныйИдентификатор), \"-\", \"\");",
                "ПодключитьСценарий(\"проверки.os\", Имя);",
                "Набор = Новый(Имя);",
                "Для Каждого Тест Из Набор.ПолучитьСписокТестов(ЭтотОбъект) Цикл",
                "  Необязательный(Набор, \"ПередЗапускомТеста\");",
                "  Попытка",
                "    Рефлектор.ВызватьМетод(Набор, Тест);",
                "    Сообщить(Тест + \": успех\");",
                "  Исключение",
                "    Сообщить(Тест + \": \" + ИнформацияОбОшибке().Описание);",
                "  КонецПопытки;",
                "КонецЦикла;");
        assertThat(run("main.os")).containsExactly("Хороший: успех", "Плохой: 5 не равно 4");
    }
}
