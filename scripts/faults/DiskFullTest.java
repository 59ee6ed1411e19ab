import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The database's disk is small and fills up under load; after a while there is room again. Nothing that was acknowledged may
 * be missing, and work must go on without anybody's restarting a node. PostgreSQL may end itself when its log cannot grow:
 * then its supervisor starts it again, which this test does. Needs root, for a disk of its own in memory (tmpfs).
 */
final class DiskFullTest {

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = Installation.options(arguments);
        String database = options.getOrDefault("--database", "h2");
        Path folder = Path.of(options.get("--folder")).toAbsolutePath();
        Path disk = folder.resolve(database.equals("h2") ? "data" : "postgresql");
        // the demo company first, while there is room
        Files.createDirectories(disk);
        run("mount", "-t", "tmpfs", "-o", "size=" + (database.equals("h2") ? "120m" : "400m"), "tmpfs", disk.toString());
        Installation installation =
                new Installation(folder, database, Integer.parseInt(options.getOrDefault("--port", "18081")));
        List<String> faults = new ArrayList<>();
        boolean good = false;
        try {
            good = run(installation, disk, faults);
        } finally {
            installation.close();
            Thread.sleep(1000);
            run("umount", "--lazy", disk.toString());
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(Installation installation, Path disk, List<String> faults) throws Exception {
        installation.start();
        Client client = new Client(installation);
        Sales sales = new Sales(client, installation.folder().resolve("journal.txt"), 12);
        sales.masterData();
        sales.begin(6);
        Thread.sleep(10_000);
        Path filler = disk.resolve("filler");
        fill(filler, 0);
        long full = System.nanoTime();
        String health = "";
        int before = sales.acknowledged.get();
        int restarts = 0;
        for (int second = 0; second < 30; second++) {
            Thread.sleep(1000);
            fill(filler, 0);
            health = installation.health(0);
            restarts += revive(installation);
        }
        int during = sales.acknowledged.get() - before;
        System.out.printf("disk full for %.0f s: %d acknowledged meanwhile, health in the end %s, answers by status %s%n",
                (System.nanoTime() - full) / 1e9, during, health.trim(), client.answers);
        Files.delete(filler);
        long room = System.nanoTime();
        before = sales.acknowledged.get();
        while (sales.acknowledged.get() == before) {
            Thread.sleep(50);
            restarts += revive(installation);
            if (System.nanoTime() - room > 120e9) {
                faults.add("work does not go on although there is room");
                break;
            }
        }
        System.out.printf("room again: works after %.1f s, PostgreSQL was started again %d times%n",
                (System.nanoTime() - room) / 1e9, restarts);
        boolean ended = sales.finish(240_000);
        if (!ended) {
            faults.add("not everything came to an end");
        }
        for (int node = 0; node < installation.nodes(); node++) {
            if (!installation.isAlive(node)) {
                faults.add("node " + (node + 1) + " ended");
            } else if (!installation.health(node).contains("\"UP\"")) {
                faults.add("node " + (node + 1) + " does not say that it is well");
            }
        }
        Thread.sleep(2000);
        installation.stopNodes();
        faults.addAll(sales.faults);
        try (Connection connection = installation.connect()) {
            Audit audit = new Audit(connection);
            audit.run(sales);
            faults.addAll(audit.faults);
        }
        System.out.println("acknowledged: orders " + sales.orders.size() + ", tasks completed " + sales.done.size()
                + "; requests without an answer " + sales.unknown);
        System.out.println("answers by status: " + new java.util.TreeMap<>(client.answers));
        client.refusals.forEach((place, body) ->
                System.out.println("  " + place + ": " + body.substring(0, Math.min(160, body.length()))));
        faults.forEach(fault -> System.out.println("FAULT " + fault));
        System.out.println(faults.isEmpty() ? "nothing missing, nothing doubled, nothing stuck" : faults.size() + " faults");
        return faults.isEmpty();
    }

    /** Takes all the room there is but so many bytes. */
    private static void fill(Path filler, long rest) throws IOException {
        FileStore store = Files.getFileStore(filler.getParent());
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(
                filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            while (store.getUsableSpace() > rest) {
                out.write(block);
            }
        } catch (IOException e) {
            // full
        }
    }

    private static int revive(Installation installation) throws Exception {
        if (!installation.isPostgresql()) {
            return 0;
        }
        try (Connection connection = installation.connect()) {
            return 0;
        } catch (java.sql.SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("08")) {
                return 0;
            }
            try {
                installation.startDatabase();
                return 1;
            } catch (IllegalStateException stillFull) {
                return 0;
            }
        }
    }

    private static void run(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " fails; it needs root");
        }
    }
}
