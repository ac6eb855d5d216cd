package dev.tramway.onescript;

import static dev.tramway.onescript.Scripts.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** РегулярноеВыражение, with the dialect of .NET. */
class RegexTest {
    private static final String SHOW = "Процедура Показать(Выражение, Текст) Найдено = \"\";"
            + " Для Каждого Совпадение Из Выражение.НайтиСовпадения(Текст) Цикл"
            + " Найдено = Найдено + \"<\" + Совпадение.Значение + \">\"; КонецЦикла; Сообщить(Найдено); КонецПроцедуры\n";

    private static String literal(String text) {
        return "\"" + text.replace("\"", "\"\"").replace("\n", "\" + Символы.ПС + \"") + "\"";
    }

    /** Returns all that a pattern finds, each in angle brackets. */
    private static String found(String pattern, String text) {
        return String.join(
                "",
                run(SHOW + "Показать(Новый РегулярноеВыражение(" + literal(pattern) + "), " + literal(text) + ");"));
    }

    private static String error(String... lines) {
        return String.valueOf(
                catchThrowableOfType(ScriptException.class, () -> run(lines)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\\d{2}~а12б345~<12><34>",
                "\\w+~Жук_1, ёж~<Жук_1><ёж>",
                "жук~ЖУК Жук~<ЖУК><Жук>",
                "\\bё~ёж ее~<ё>",
                "\\d~٣~<٣>",
                "[]а]~]б~<]>",
                "[^]а]~]б~<б>",
                "[а[]~[б~<[>",
                "[а&&б]~&в~<&>",
                "[а-г-[бв]]+~абвг~<а><г>",
                "[\\w-[\\d_]]~1_ж~<ж>",
                "[\\b\\]\\-]~-]~<-><]>",
                "[ #]~а #~< ><#>",
                "a{,2}~a{,2}~<a{,2}>",
                "{x}~{x}~<{x}>",
                "a{1,2}?~aa~<a><a>",
                "\\x41\\u0416\\101~AЖA~<AЖA>",
                "(а)(?#не в счет)\\1~аа~<аа>",
                "(?<п>а)\\k<п>~аа~<аа>",
                "(?'п'а)\\k'п'~аа~<аа>",
                "(?<п>а)(б)\\1~абб~<абб>",
                "(а)\\1(1)~аа1~<аа1>",
                "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)(l)(m)(n)(o)(p)(q)(r)\\18~abcdefghijklmnopqrr~<abcdefghijklmnopqrr>",
                "(?:(?<х>а)|(?<х>б))\\k<х>~аабб~<аа><бб>",
                "(?-i)ж~жЖ~<ж>",
                "(?-i:ж)Ж~жж~<жж>",
                "(?n)(а)(?<б>б)\\k<б>~абб~<абб>",
                "(?x) а \\  б # так~а б~<а б>",
                "(?x)[ а]+~а а~<а а>",
                "(?>а+)б~ааб~<ааб>",
                "(?<=а)б(?!в)~абв аб~<б>",
                "(?<!а)б(?=в)~абв бв~<б>",
                "\\p{IsCyrillic}+\\p{Lu}~abЖЖ~<ЖЖ>",
                "\\P{IsCyrillic}~жa~<a>",
                "\\v|\\e|\\a~x~``"
            })
    void patternsMeanWhatTheyMeanInDotNet(String pattern, String text, String found) {
        assertThat(found(pattern, text)).isEqualTo(found);
    }

    @Test
    void linesBeginAndEndAtLineFeeds() {
        assertThat(found("^.", "а\r\nб\nв")).isEqualTo("<а><б><в>");
        assertThat(found("^", "а\n")).isEqualTo("<><>");
        assertThat(found(".$", "а\nб\n")).isEqualTo("<а><б>");
        assertThat(found("(?-m)^.", "а\nб")).isEqualTo("<а>");
        assertThat(found("(?-m:.$)|^б", "б\nв\n")).isEqualTo("<б><в>");
        assertThat(found("(?s)а.б", "а\nб")).isEqualTo("<а\nб>".replace("\n", ""));
    }

    @Test
    void propertiesChangeThePattern() {
        assertThat(run(
                        SHOW
                                + "В = Новый РегулярноеВыражение(\"^Ж\"); Сообщить(В.ИгнорироватьРегистр); Сообщить(В.Многострочный);",
                        "Т = \"Ж\" + Символы.ПС + \"ж\"; Показать(В, Т); В.IgnoreCase = Ложь; Показать(В, Т);",
                        "В.IgnoreCase = Истина; В.Multiline = Ложь; Показать(В, Т); Сообщить(В.Многострочный);"))
                .containsExactly("Да", "Да", "<Ж><ж>", "<Ж>", "<Ж>", "Нет");
    }

    @Test
    void aMatchKnowsItsPlaceAndItsGroups() {
        assertThat(run(
                        "Р = Новый Regex(\"(\\d)(?<имя>\\d)(\\d)(x)?\"); С = Р.НайтиСовпадения(\"s123456\");",
                        "Сообщить(С.Количество()); Сообщить(С); Сообщить(С[1].Индекс); Сообщить(С[1].Длина); Сообщить(С[1].Значение);",
                        "Для Каждого Г Из С[1].Группы Цикл Сообщить(Г.Имя + \" \" + Г.Значение + \" \" + Г.Индекс + \" \" + Г.Длина); КонецЦикла;",
                        "Г = С[0].Groups; Сообщить(Г.Count()); Сообщить(Г.FromName(\"имя\").Value); Сообщить(Г.ПоИмени(\"2\").Index);",
                        "Сообщить(\"[\" + Г.ПоИмени(\"нет\").Значение + \"]\"); Сообщить(Г[4].Name);"))
                .containsExactly(
                        "2",
                        "КоллекцияСовпаденийРегулярногоВыражения",
                        "4",
                        "3",
                        "456",
                        "0 456 4 3",
                        "1 4 4 1",
                        "2 6 6 1",
                        "3  0 0",
                        "имя 5 5 1",
                        "5",
                        "2",
                        "3",
                        "[]",
                        "имя");
    }

    @Test
    void numbersOfGroupsMayBeGiven() {
        assertThat(run(
                        "Р = Новый РегулярноеВыражение(\"(?<2>а)(б)(?<в>в)\"); Г = Р.НайтиСовпадения(\"абв\")[0].Группы;",
                        "Для Каждого Гр Из Г Цикл Сообщить(Гр.Имя + Гр.Значение); КонецЦикла;"))
                .containsExactly("0абв", "1б", "2а", "вв");
    }

    @Test
    void searchingStartsWhereItIsTold() {
        assertThat(run(
                        "Р = Новый РегулярноеВыражение(\"(?<=а)б\"); Сообщить(Р.Совпадает(\"абаб\", 1)); Сообщить(Р.Совпадает(\"аб\", 2));",
                        "Сообщить(Р.Matches(\"абаб\", 2)[0].Index); Р = Новый РегулярноеВыражение(\"(?-m)^б\"); Сообщить(Р.IsMatch(\"аб\", 1));",
                        "Попытка Р.Совпадает(\"а\", 2); Исключение Сообщить(\"за концом\"); КонецПопытки;"))
                .containsExactly("Да", "Нет", "3", "Нет", "за концом");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "(\\d)(\\d)~$2$1~12-34~21-43",
                "(?<п>\\d)~<${п}>~12~<1><2>",
                "б~[$`|$&|$'|$_|$0]~абв~а[а|б|в|абв|б]в",
                "(а)(б)?~$+~аба~б",
                "а~$$1 $9 ${нет} \\ $~а~$1 $9 ${нет} \\ $",
                "(а)~${1}1$11~а~а1$11",
                "x*~-~abc~-a-b-c-"
            })
    void replacementsMeanWhatTheyMeanInDotNet(String pattern, String replacement, String text, String result) {
        assertThat(run("Сообщить(Новый РегулярноеВыражение(" + literal(pattern) + ").Заменить(" + literal(text) + ", "
                        + literal(replacement) + "));"))
                .containsExactly(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\\s~а б в~0~0~а|б|в",
                "\\s~а б в~2~0~а|б в",
                "\\s~а б в~1~0~а б в",
                "\\s~а б в~0~2~а б|в",
                "(-)|(x)~а-б~0~0~а|-|б",
                "``~аб~0~0~|а|б|",
                "x~аб~0~0~аб",
                "б~аб~0~0~а|"
            })
    void textIsSplit(String pattern, String text, int count, int from, String pieces) {
        assertThat(run(
                        "Р = Новый РегулярноеВыражение(" + literal(pattern) + ");",
                        "Сообщить(СтрСоединить(Р.Разделить(" + literal(text) + ", " + count + ", " + from
                                + "), \"|\"));"))
                .containsExactly(pieces);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "(а~позиция 3: не хватает )",
                "а)~позиция 2: лишняя )",
                "[а~позиция 1: не хватает ]",
                "а\\~позиция 2: \\ в конце",
                "\\Q~позиция 1: неизвестная последовательность \\Q",
                "\\k<н>~позиция 1: ссылка на несуществующую группу н",
                "(а)\\2~позиция 4: ссылка на несуществующую группу 2",
                "(?(а)б|в)~позиция 1: условие (?( не поддерживается",
                "(?<а-б>в)~позиция 1: группа с именем а-б не поддерживается",
                "*~Ошибка в регулярном выражении",
                "\\p{нет}~Ошибка в регулярном выражении"
            })
    void wrongPatternsSayWhatIsWrong(String pattern, String message) {
        assertThat(error("А = Новый РегулярноеВыражение(" + literal(pattern) + ");"))
                .contains(message);
    }

    private static String errorUnder(UnaryOperator<ScriptEngine.Builder> limits, String... lines) {
        return String.valueOf(catchThrowableOfType(ScriptException.class, () -> run(limits, lines))
                .getMessage());
    }

    @Test
    void aPatternThatTriesEverythingEndsAtTheLimitOfSteps() {
        assertThat(errorUnder(
                        builder -> builder.maxSteps(1_000_000),
                        "Р = Новый РегулярноеВыражение(\"^а*а*а*а*а*а*б\"); Т = \"\"; Для Сч = 1 По 200 Цикл Т = Т + \"а\"; КонецЦикла;",
                        "Попытка Р.Совпадает(Т + \"!\"); Исключение Сообщить(\"не поймать\"); КонецПопытки;"))
                .isEqualTo("Превышен предел числа шагов");
    }

    @Test
    void aReplacementThatGrowsEndsAtTheLimitOfMemory() {
        assertThat(errorUnder(
                        builder -> builder.maxMemory(20_000_000),
                        "Т = \"а\"; Для Сч = 1 По 20 Цикл Т = Т + Т; КонецЦикла;",
                        "Т = Новый РегулярноеВыражение(\"а\").Заменить(Т, \"$_$_$_$_\");"))
                .containsIgnoringCase("памят");
    }

    @Test
    void aPatternTooDeepForTheStackIsAnError() {
        assertThat(error(
                        "Т = \"аб\"; Для Сч = 1 По 23 Цикл Т = Т + Т; КонецЦикла;",
                        "Р = Новый РегулярноеВыражение(\"^(?:(а)|б)*$\"); Сообщить(Р.Совпадает(Т));"))
                .isNotEmpty();
    }
}
