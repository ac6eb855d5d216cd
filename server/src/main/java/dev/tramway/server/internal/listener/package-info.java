/** What is listened on: chats, echoes, relays, beacons; and what all listeners have in common. */
@NullMarked
package dev.tramway.server.internal.listener;

import org.jspecify.annotations.NullMarked;
