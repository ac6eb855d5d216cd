package dev.tramway.cluster;

import dev.tramway.cluster.internal.Claims;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Where things are of which there is one, such as a device that may connect to any node: who claimed a name last has it. All methods may
 * be called from any thread, and none waits.
 *
 * <p>What a node that is gone had claimed is nowhere. While NATS is away, claims wait; when it is back, what another node has claimed later, by the
 * clocks of both, is lost.
 */
public final class Places {
    private final Claims claims;

    Places(Claims claims) {
        this.claims = claims;
    }

    /**
     * Claims a name for this node, in place of whoever has it.
     *
     * @param name any text
     * @param onLost runs when another node has claimed it; must not wait
     */
    public void claim(String name, Runnable onLost) {
        claims.claim(name, onLost);
    }

    /**
     * Gives a name up, if this node has it.
     *
     * @param name any text
     */
    public void release(String name) {
        claims.release(name);
    }

    /**
     * Finds who has a name.
     *
     * @param name any text
     * @return the node, this one or another that is present; empty if nobody has it. Fails if NATS does not answer within a second.
     */
    public CompletableFuture<Optional<UUID>> find(String name) {
        return claims.find(name);
    }
}
