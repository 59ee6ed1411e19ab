package com.shunpi.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shunpi.intake.ImportResult.Row;
import com.shunpi.intake.ImportResult.Status;
import com.shunpi.shared.RefusedException;
import com.shunpi.spreadsheet.Upload;
import com.shunpi.workflow.BackgroundActor;
import com.shunpi.workflow.CurrentActor;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Runs imports in the background, few at a time, as the users who started them. */
@Component
class ImportRunner implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);
    private static final int THREADS = 2;
    private static final int WAITING = 20;
    private static final int REPORT_EVERY = 100;

    private final ImportJobs jobs;
    private final ImportCounts counts;
    private final CurrentActor actor;
    private final BackgroundActor background;
    private final ObjectMapper json;
    // no bean: another Executor in the context would take the place of Spring Boot's own
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            new CustomizableThreadFactory("import-"));

    ImportRunner(
            ImportJobs jobs, ImportCounts counts, CurrentActor actor, BackgroundActor background, ObjectMapper json) {
        this.jobs = jobs;
        this.counts = counts;
        this.actor = actor;
        this.background = background;
        this.json = json;
    }

    /** Takes a file; returns the job's id. Refused when too many are waiting. */
    String start(Importer importer, Upload upload) {
        String id = jobs.create(importer.kind(), actor.id(), upload);
        try {
            // the file is read from its table when its turn comes: those that wait take no memory
            executor.execute(background.asCurrent(() -> run(id, importer)));
        } catch (RejectedExecutionException e) {
            jobs.delete(id);
            throw RefusedException.conflict("正在进行的导入太多，请稍后再试。");
        }
        return id;
    }

    private void run(String id, Importer importer) {
        Watch watch = new Watch(id);
        try {
            ImportResult result = counts.run(importer, jobs.upload(jobs.find(id).orElseThrow()), watch);
            watch.save();
            jobs.finish(id, ImportJob.State.DONE, bytes(result), null);
        } catch (RefusedException e) {
            jobs.finish(id, ImportJob.State.FAILED, bytes(refused(e)), e.getMessage());
        } catch (Exception e) {
            log.error("Import {} of {} failed", id, importer.kind(), e);
            jobs.finish(id, ImportJob.State.FAILED, bytes(ImportResult.of(List.of())), "系统出错，已记录。请稍后再试或联系管理员。");
        }
    }

    /** What is wrong with the whole file, in the same form as what is wrong with its rows. */
    private static ImportResult refused(RefusedException refusal) {
        return ImportResult.of(refusal.faults().stream()
                .map(fault -> new Row(fault.row(), null, null, Status.REJECTED, List.of(fault)))
                .toList());
    }

    private byte[] bytes(ImportResult result) {
        try {
            return json.writeValueAsBytes(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(20, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    /** Counts, and writes it down now and then. */
    private final class Watch implements Progress {

        private final String id;
        private int total;
        private int done;
        private int accepted;
        private int duplicates;
        private int rejected;

        Watch(String id) {
            this.id = id;
        }

        @Override
        public void total(int rows) {
            total = rows;
            save();
        }

        @Override
        public void done(Row row) {
            done++;
            switch (row.status()) {
                case ACCEPTED, UPDATED -> accepted++;
                case DUPLICATE -> duplicates++;
                case REJECTED -> rejected++;
            }
            if (done % REPORT_EVERY == 0) {
                save();
            }
        }

        void save() {
            jobs.progress(id, total, done, accepted, duplicates, rejected);
        }
    }
}
