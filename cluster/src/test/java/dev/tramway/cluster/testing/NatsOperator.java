package dev.tramway.cluster.testing;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import io.nats.client.support.JwtUtils.Permission;
import io.nats.client.support.JwtUtils.UserClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Who runs a NATS with accounts: writes the files that its server and its users need, as {@code nsc} does. */
public final class NatsOperator {
    private static final String OPERATOR = "{\"type\":\"operator\",\"version\":2}";
    private static final String ACCOUNT = """
            {"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,"leaf":-1,\
            "mem_storage":-1,"disk_storage":-1,"streams":-1,"consumer":-1},"type":"account","version":2}""";

    private static final String SYSTEM = """
            {"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,"leaf":-1},\
            "type":"account","version":2}""";

    private final NKey operator;
    private final NKey account;
    private final NKey system;

    private NatsOperator() throws GeneralSecurityException, IOException {
        operator = NKey.createOperator(null);
        account = NKey.createAccount(null);
        system = NKey.createAccount(null);
    }

    /** A new one, with an account of which there are no users yet. */
    public static NatsOperator create() throws GeneralSecurityException, IOException {
        return new NatsOperator();
    }

    /** Writes what the server is started with. */
    public Path writeConfiguration(Path file) throws GeneralSecurityException, IOException {
        return Files.writeString(file, """
                operator: %s
                system_account: %s
                resolver: MEMORY
                resolver_preload: { %s: %s, %s: %s }
                """.formatted(
                        token(operator, "operator", OPERATOR),
                        name(system),
                        name(account),
                        token(account, "account", ACCOUNT),
                        name(system),
                        token(system, "system", SYSTEM)));
    }

    private String token(NKey subject, String name, String claims) throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(
                operator, name(subject), name, null, JwtUtils.currentTimeSeconds(), name(operator), () -> claims);
    }

    private static String name(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }

    /**
     * Makes a user of the account, and writes its token and key.
     *
     * @param publish subjects that it may write to
     * @param subscribe subjects that it may read
     */
    public Path writeUser(Path file, String[] publish, String[] subscribe)
            throws GeneralSecurityException, IOException {
        NKey user = NKey.createUser(null);
        UserClaim claims = new UserClaim(name(account))
                .pub(new Permission().allow(publish))
                .sub(new Permission().allow(subscribe));
        String token = JwtUtils.issueUserJWT(account, name(user), "node", null, JwtUtils.currentTimeSeconds(), claims);
        return Files.writeString(file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(token, new String(user.getSeed())));
    }
}
