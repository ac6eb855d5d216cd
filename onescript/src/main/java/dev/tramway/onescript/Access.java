package dev.tramway.onescript;

import java.util.Set;

/**
 * Decides what scripts may touch. It is asked before every built-in whose permission is not {@link Permission#PURE}, on the
 * thread that runs the script; several threads may ask at once.
 */
@FunctionalInterface
public interface Access {
    /**
     * Tells whether something is allowed.
     *
     * @param permission which kind of thing
     * @param subject what it is done to, as the permission says; empty when asked whether it may be done at all, to
     *     whatever
     * @return whether to go on; otherwise the script gets an error that names the permission
     */
    boolean allows(Permission permission, String subject);

    /**
     * Returns a policy that allows everything: the default.
     *
     * @return the policy
     */
    static Access everything() {
        return (permission, subject) -> true;
    }

    /**
     * Returns a policy that allows the given permissions for every subject, and nothing else.
     *
     * @param permissions what is allowed besides {@link Permission#PURE}
     * @return the policy
     */
    static Access only(Permission... permissions) {
        Set<Permission> allowed = Set.of(permissions);
        return (permission, subject) -> permission == Permission.PURE || allowed.contains(permission);
    }
}
