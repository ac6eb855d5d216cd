/**
 * The {@code bench} tool: measures Tramway beside its peers, and runs the scenario programs of the founding documents.
 *
 * <p>To read it, begin with one trial and go outwards: {@code process.Trial} runs a server and a load client in processes of
 * their own; {@code peer.Peer} is a library that can be such a server; {@code scenario.Scenario} says which trials are
 * made; {@code report.Goal} judges what they found, and {@code report.Report} writes it down. The programs of
 * {@code program} stand for themselves, and so do the JMH benchmarks of {@code micro} and the measurements of
 * {@code script}.
 */
@NullMarked
package dev.tramway.bench;

import org.jspecify.annotations.NullMarked;
