package com.shunpi.shared;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.Order;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Every error of {@code /api} as an RFC 9457 problem: a Chinese {@code detail}, one entry of {@code faults} per fault. */
@RestControllerAdvice("com.shunpi")
@Order(0)
class ProblemHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RefusedException refusal, HttpServletRequest request) {
        HttpStatus status =
                switch (refusal.kind()) {
                    case INVALID -> HttpStatus.BAD_REQUEST;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN;
                    case NOT_FOUND -> HttpStatus.NOT_FOUND;
                    case CONFLICT -> HttpStatus.CONFLICT;
                    case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
                };
        return problem(status, refusal.getMessage(), refusal.faults(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, "请求内容无法读取，请检查 JSON 格式与字段名。", UnreadableJson.faults(e), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(TypeMismatchException e, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, "请求中的参数无法识别。", List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
        return problem(HttpStatus.PAYLOAD_TOO_LARGE, "文件太大，请不要超过 20 MB。", List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> noUpload(MultipartException e, HttpServletRequest request) {
        return problem(HttpStatus.BAD_REQUEST, "没有收到文件，请以 multipart 方式上传，字段名为 file。", List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> outrun(ConcurrencyFailureException e, HttpServletRequest request) {
        return problem(HttpStatus.CONFLICT, "他人刚刚修改了同一单据，请刷新后重试。", List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> standard(ErrorResponseException e, HttpServletRequest request) {
        return problem(HttpStatus.valueOf(e.getStatusCode().value()), "请求无法处理。", List.of(), request);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletRequest request) throws Exception {
        if (e instanceof org.springframework.web.ErrorResponse known) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return problem(status, "请求无法处理：" + status.value(), List.of(), request);
        }
        if (e instanceof org.springframework.security.access.AccessDeniedException) {
            throw e;
        }
        if (DatabaseAway.isBehind(e)) {
            log.warn("Database away in {} {}", request.getMethod(), request.getRequestURI());
            return refused(RefusedException.unavailable(), request);
        }
        log.error("Unexpected error in {} {}", request.getMethod(), request.getRequestURI(), e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "系统出错，已记录。请稍后再试或联系管理员。", List.of(), request);
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, String detail, List<Fault> faults, HttpServletRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setInstance(URI.create(request.getRequestURI()));
        if (!faults.isEmpty()) {
            problem.setProperty("faults", faults);
        }
        return ResponseEntity.status(status).body(problem);
    }
}
