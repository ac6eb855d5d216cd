package dev.tramway.onescript.internal.value;

/** The errors that scripts know by their texts. Those of one built-in only are made where they occur. */
public final class Errors {
    private Errors() {}

    public static ScriptError of(String russian, String english) {
        return new ScriptError(russian, english);
    }

    public static ScriptError methodNotFound(String name) {
        return of("Метод объекта не обнаружен (" + name + ")", "Object method not found (" + name + ")");
    }

    public static ScriptError propertyNotFound(String name) {
        return of("Свойство объекта не обнаружено (" + name + ")", "Object property not found (" + name + ")");
    }

    public static ScriptError propertyNotReadable(String name) {
        return of("Свойство недоступно для чтения (" + name + ")", "Property is not readable (" + name + ")");
    }

    public static ScriptError propertyNotWritable(String name) {
        return of("Свойство недоступно для записи (" + name + ")", "Property is not writable (" + name + ")");
    }

    public static ScriptError notAFunction(String name) {
        return of(
                "Обращение к процедуре как к функции (" + name + ")",
                "A procedure is used as a function (" + name + ")");
    }

    public static ScriptError tooManyArguments() {
        return of("Слишком много фактических параметров", "Too many actual parameters");
    }

    public static ScriptError tooFewArguments() {
        return of("Недостаточно фактических параметров", "Not enough actual parameters");
    }

    public static ScriptError missingArgument() {
        return of("Пропущен обязательный параметр", "A required parameter is omitted");
    }

    public static ScriptError notAnObject() {
        return of("Значение не является значением объектного типа", "The value is not of an object type");
    }

    public static ScriptError badArgumentType() {
        return of("Неверный тип аргумента", "Invalid type of argument");
    }

    /** The argument is counted from 1. */
    public static ScriptError badArgumentType(int number) {
        return of("Неверный тип аргумента номер " + number, "Invalid type of argument number " + number);
    }

    public static ScriptError badArgument() {
        return of("Неверное значение аргумента", "Invalid value of argument");
    }

    /** The argument is counted from 1. */
    public static ScriptError badArgument(int number) {
        return of("Неверное значение аргумента номер " + number, "Invalid value of argument number " + number);
    }

    public static ScriptError indexOutOfRange() {
        return of("Значение индекса выходит за пределы диапазона", "Index is out of range");
    }

    public static ScriptError divisionByZero() {
        return of("Деление на ноль", "Division by zero");
    }

    public static ScriptError numberTooLarge() {
        return of("Переполнение: число слишком велико", "Overflow: the number is too large");
    }

    public static ScriptError notComparable() {
        return of(
                "Сравнение на больше/меньше для данного типа не поддерживается",
                "Values of this type cannot be compared as greater or less");
    }

    public static ScriptError notIndexed() {
        return of("Объект не поддерживает доступ по индексу", "The object has no access by index");
    }

    public static ScriptError notIterable() {
        return of("Итератор не определен", "The object cannot be iterated");
    }

    public static ScriptError notConvertible(String russianType, String englishType) {
        return of(
                "Преобразование к типу '" + russianType + "' не поддерживается",
                "Conversion to type '" + englishType + "' is not supported");
    }

    public static ScriptError unknownType(String name) {
        return of("Тип не определен (" + name + ")", "Type is not defined (" + name + ")");
    }

    public static ScriptError noConstructor(String name) {
        return of("Конструктор не найден (" + name + ")", "Constructor not found (" + name + ")");
    }
}
