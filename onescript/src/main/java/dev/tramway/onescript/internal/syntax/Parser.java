package dev.tramway.onescript.internal.syntax;

import dev.tramway.onescript.internal.syntax.Module.Annotation;
import dev.tramway.onescript.internal.syntax.Module.AnnotationParam;
import dev.tramway.onescript.internal.syntax.Module.Param;
import dev.tramway.onescript.internal.syntax.Module.Use;
import dev.tramway.onescript.internal.syntax.Module.Variable;
import dev.tramway.onescript.internal.value.Empty;
import dev.tramway.onescript.internal.value.Numbers;
import dev.tramway.onescript.internal.value.ScriptError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recursive descent over the declarations of a module; statements and expressions have parsers of their own. */
public final class Parser {
    private final Tokens tokens;
    private final StatementParser statements;

    private Parser(Source source, Set<String> symbols) {
        this.tokens = new Tokens(source, new Lexer(source, symbols).tokens());
        this.statements = new StatementParser(tokens);
    }

    /** Parses a module; the symbols are those that #Если knows as defined, in lower case. */
    public static Module module(Source source, Set<String> symbols) {
        return new Parser(source, symbols).module();
    }

    /** Parses what Выполнить is given. */
    public static List<Stmt> statements(Source source, Set<String> symbols) {
        Parser parser = new Parser(source, symbols);
        List<Stmt> body = parser.statements.block();
        parser.tokens.expectEnd();
        return body;
    }

    /** Parses what Вычислить is given. */
    public static Expr expression(Source source, Set<String> symbols) {
        Parser parser = new Parser(source, symbols);
        Expr value = parser.statements.expressions().expression();
        parser.tokens.expectEnd();
        return value;
    }

    private Module module() {
        List<Use> uses = uses();
        List<Variable> variables = new ArrayList<>();
        List<Module.Method> methods = new ArrayList<>();
        List<Annotation> annotations = annotations();
        while (true) {
            if (tokens.current().is(Word.VAR)) {
                if (!methods.isEmpty()) {
                    throw tokens.error(
                            "Объявления переменных должны быть расположены в начале модуля",
                            "Variables are declared at the beginning of a module");
                }
                variables(variables, annotations);
            } else if (tokens.current().is(Word.PROCEDURE) || tokens.current().is(Word.FUNCTION)) {
                methods.add(method(annotations));
            } else {
                break;
            }
            annotations = annotations();
        }
        List<Stmt> body = statements.block();
        if (tokens.current().is(Word.PROCEDURE) || tokens.current().is(Word.FUNCTION)) {
            throw tokens.error(
                    "Определения процедур и функций должны располагаться перед операторами тела модуля",
                    "Procedures and functions are defined before the statements of a module");
        }
        tokens.expectEnd();
        return new Module(uses, variables, methods, body, annotations);
    }

    private List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        while (tokens.current().kind() == Token.Kind.USE) {
            Token use = tokens.take();
            boolean path = use.text().startsWith("\"");
            uses.add(new Use(path ? use.text().substring(1) : use.text(), path, use.at()));
        }
        return uses;
    }

    private List<Annotation> annotations() {
        List<Annotation> annotations = new ArrayList<>();
        while (tokens.current().kind() == Token.Kind.ANNOTATION) {
            String name = tokens.take().text();
            annotations.add(new Annotation(name, annotationParams()));
        }
        return annotations;
    }

    private List<AnnotationParam> annotationParams() {
        List<AnnotationParam> params = new ArrayList<>();
        if (!tokens.takeSign("(")) {
            return params;
        }
        if (tokens.takeSign(")")) {
            return params;
        }
        do {
            params.add(annotationParam());
        } while (tokens.takeSign(","));
        tokens.expectSign(")");
        return params;
    }

    private AnnotationParam annotationParam() {
        if (tokens.current().kind() != Token.Kind.NAME) {
            return new AnnotationParam("", literal());
        }
        String name = tokens.take().text();
        return new AnnotationParam(name, tokens.takeSign("=") ? literal() : Empty.UNDEFINED);
    }

    private void variables(List<Variable> variables, List<Annotation> annotations) {
        tokens.take();
        do {
            Pos at = tokens.current().at();
            String name = tokens.expectName();
            variables.add(new Variable(name, tokens.take(Word.EXPORT), annotations, at));
        } while (tokens.takeSign(","));
        tokens.expectSemicolon();
    }

    private Module.Method method(List<Annotation> annotations) {
        boolean function = tokens.take().is(Word.FUNCTION);
        Pos at = tokens.current().at();
        String name = tokens.expectName();
        List<Param> params = params();
        boolean exported = tokens.take(Word.EXPORT);
        List<Variable> locals = new ArrayList<>();
        List<Annotation> localAnnotations = annotations();
        while (tokens.current().is(Word.VAR)) {
            variables(locals, localAnnotations);
            localAnnotations = annotations();
        }
        List<Stmt> body = statements.methodBody(function);
        tokens.expect(function ? Word.END_FUNCTION : Word.END_PROCEDURE);
        tokens.takeSign(";");
        return new Module.Method(name, function, exported, params, locals, body, annotations, at);
    }

    private List<Param> params() {
        List<Param> params = new ArrayList<>();
        tokens.expectSign("(");
        if (tokens.takeSign(")")) {
            return params;
        }
        do {
            List<Annotation> annotations = annotations();
            boolean byValue = tokens.take(Word.VAL);
            Pos at = tokens.current().at();
            String name = tokens.expectName();
            Optional<Object> otherwise = tokens.takeSign("=") ? Optional.of(literal()) : Optional.empty();
            params.add(new Param(name, byValue, otherwise, annotations, at));
        } while (tokens.takeSign(","));
        tokens.expectSign(")");
        return params;
    }

    /** Reads a constant, a number perhaps with its sign. */
    private Object literal() {
        if (tokens.takeSign("-")) {
            return Numbers.negate(number());
        }
        if (tokens.takeSign("+")) {
            return number();
        }
        return ExpressionParser.constant(tokens.current())
                .map(value -> {
                    tokens.take();
                    return value;
                })
                .orElseThrow(this::constantExpected);
    }

    private Object number() {
        Object value = tokens.current().value();
        if (tokens.current().kind() != Token.Kind.NUMBER || value == null) {
            throw constantExpected();
        }
        tokens.take();
        return value;
    }

    private ScriptError constantExpected() {
        return tokens.expected("константа", "a constant");
    }
}
